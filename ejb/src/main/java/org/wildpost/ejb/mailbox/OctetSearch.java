// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.mime.HeaderFields;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.search.SearchMatcher;
import org.wildpost.core.summary.MessageSummary;
import org.wildpost.core.summary.SummaryRow;
import org.wildpost.core.thread.MessageIds;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.message.MessageHead;
import org.wildpost.persistence.message.MessageReads;
import org.wildpost.persistence.message.MessageRow;
import org.wildpost.persistence.message.SummaryReads;

/** Looks at the octets of many messages, whose beginnings are read together. Safe for all threads. */
final class OctetSearch {
    /** Messages that are read together. */
    private static final int BATCH = 100;

    /** Octets from the start that are read when only the header counts; where it is longer the message is read by itself. */
    private static final int HEADER = 16 * 1024;

    private static final Set<FetchDetail> LOOKED_AT = Set.of(FetchDetail.STRUCTURE);

    private final Database database;

    OctetSearch(Database database) {
        this.database = database;
    }

    /** UIDs of those messages that do not match, now that they are read; what was expunged meanwhile is among them. */
    Set<Long> failing(MailboxRef mailbox, SearchKey key, SearchMatcher matcher, List<SummaryRow> unread) {
        int length = looksAtBodies(key) ? StoredMessage.HEAD : HEADER;
        Set<Long> failed = new HashSet<>();
        batches(unread, batch -> {
            long[] uids = uids(batch);
            Map<Long, byte[]> heads = heads(mailbox, uids, length);
            Map<Long, MessageRow> rows = HashMap.newHashMap(uids.length);
            database.statement(connection -> new MessageReads(connection).rows(mailbox, uids, LOOKED_AT))
                    .forEach(row -> rows.put(row.uid(), row));
            for (SummaryRow row : batch) {
                MessageRow stored = rows.get(row.uid());
                byte[] head = heads.get(row.uid());
                if (stored == null || !matcher.matches(row, new StoredMessage(database, mailbox, stored, head))) {
                    failed.add(row.uid());
                }
            }
        });
        return failed;
    }

    /** The rows with what their messages refer to, where an envelope of older days does not say it. */
    List<SummaryRow> referring(MailboxRef mailbox, List<SummaryRow> rows, Consumer<Map<Long, MessageSummary>> learned) {
        List<SummaryRow> unknown =
                rows.stream().filter(row -> !row.summary().knowsReferences()).toList();
        if (unknown.isEmpty()) {
            return rows;
        }
        Map<Long, MessageSummary> known = HashMap.newHashMap(unknown.size());
        batches(unknown, batch -> {
            Map<Long, byte[]> heads = heads(mailbox, uids(batch), StoredMessage.HEAD);
            for (SummaryRow row : batch) {
                known.put(row.uid(), row.summary().referring(references(heads.getOrDefault(row.uid(), new byte[0]))));
            }
        });
        learned.accept(known);
        List<SummaryRow> complete = new ArrayList<>(rows.size());
        for (SummaryRow row : rows) {
            MessageSummary summary = known.getOrDefault(row.uid(), row.summary());
            complete.add(new SummaryRow(row.uid(), row.flags(), row.modSeq(), summary));
        }
        return complete;
    }

    private static long[] references(byte[] head) {
        HeaderFields header = HeaderFields.ofMessage(head);
        return MessageIds.references(
                header.first("references").orElse(null),
                header.first("in-reply-to").orElse(null));
    }

    private Map<Long, byte[]> heads(MailboxRef mailbox, long[] uids, int octets) {
        Map<Long, byte[]> heads = HashMap.newHashMap(uids.length);
        for (MessageHead head :
                database.statement(connection -> new SummaryReads(connection).heads(mailbox, uids, octets))) {
            heads.put(head.uid(), head.octets());
        }
        return heads;
    }

    private static boolean looksAtBodies(SearchKey key) {
        return switch (key) {
            case SearchKey.And(List<SearchKey> keys) -> keys.stream().anyMatch(OctetSearch::looksAtBodies);
            case SearchKey.Or(SearchKey left, SearchKey right) -> looksAtBodies(left) || looksAtBodies(right);
            case SearchKey.Not(SearchKey inner) -> looksAtBodies(inner);
            case SearchKey.Fuzzy(SearchKey inner) -> looksAtBodies(inner);
            case SearchKey.Body ignored -> true;
            case SearchKey.Text ignored -> true;
            default -> false;
        };
    }

    private static long[] uids(List<SummaryRow> rows) {
        return rows.stream().mapToLong(SummaryRow::uid).toArray();
    }

    private static void batches(List<SummaryRow> rows, Consumer<List<SummaryRow>> taker) {
        for (int from = 0; from < rows.size(); from += BATCH) {
            taker.accept(rows.subList(from, Math.min(from + BATCH, rows.size())));
        }
    }
}
