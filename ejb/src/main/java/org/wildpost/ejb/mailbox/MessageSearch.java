// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.search.SearchMatcher;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.message.MessageReads;
import org.wildpost.persistence.message.MessageRow;
import org.wildpost.persistence.message.SearchFilter;

/**
 * SEARCH (RFC 9051 §6.4.4): the database answers what the rows know; what is left is looked at, one message at a time and without a transaction.
 */
@Dependent
final class MessageSearch {
    /** Rows that are read together. */
    private static final int BATCH = 200;

    private static final Set<FetchDetail> LOOKED_AT = Set.of(FetchDetail.STRUCTURE, FetchDetail.IDENTITY);

    private final Database database;
    private final TextIndex texts;

    @Inject
    MessageSearch(Database database, TextIndex texts) {
        this.database = database;
        this.texts = texts;
    }

    long[] search(MailboxRef mailbox, SearchKey key) {
        return look(mailbox, texts.answered(mailbox, key, inner -> look(mailbox, inner)));
    }

    private long[] look(MailboxRef mailbox, SearchKey key) {
        SearchFilter filter = SearchFilter.of(key);
        long[] candidates = database.statement(connection -> new MessageReads(connection).search(mailbox, filter));
        if (filter.exact()) {
            return candidates;
        }
        long[] found = new long[candidates.length];
        int size = 0;
        for (int from = 0; from < candidates.length; from += BATCH) {
            long[] batch = Arrays.copyOfRange(candidates, from, Math.min(from + BATCH, candidates.length));
            List<MessageRow> rows =
                    database.statement(connection -> new MessageReads(connection).rows(mailbox, batch, LOOKED_AT));
            for (MessageRow row : rows) {
                if (SearchMatcher.matches(key, new StoredMessage(database, mailbox, row))) {
                    found[size++] = row.uid();
                }
            }
        }
        return Arrays.copyOf(found, size);
    }
}
