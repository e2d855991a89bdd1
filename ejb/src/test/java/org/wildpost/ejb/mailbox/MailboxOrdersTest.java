// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.SearchQuery;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.sort.SortCriterion;
import org.wildpost.core.sort.SortKey;
import org.wildpost.core.thread.ThreadAlgorithm;
import org.wildpost.core.thread.ThreadForest;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.message.SummaryChanges;

/** Threads and orders that are kept are those of the messages that are there (RFC 5256 §3), on a real PostgreSQL. */
class MailboxOrdersTest extends StoreTest {
    private static final MailboxName PROJECT = new MailboxName("Project");
    private static final SearchKey ALL = new SearchKey.All();

    /** 1 was sent last, and 2 answers it; both orders are asked for, so that they are kept. */
    @BeforeEach
    void twoMessagesOfOneConversation() {
        append(MailboxName.INBOX, 1, 9);
        append(MailboxName.INBOX, 2, 5);
        assertThat(threads()).isEqualTo("1 2.");
        assertThat(sorted(SortKey.DATE)).containsExactly(2, 1);
    }

    /** Each message answers the one before it by the number and names no other; no two have one subject. */
    private void append(MailboxName mailbox, int number, int hour) {
        store.append(
                account,
                mailbox,
                "Date: Wed, 4 Mar 2026 0%d:00:00 +0000\r\nMessage-ID: <m%d@x>\r\nReferences: <m%d@x>\r\nSubject: s%d\r\n\r\n\r\n"
                        .formatted(hour, number, number - 1, number),
                Flags.NONE);
    }

    private ThreadForest forest() {
        return store.mail.thread(inbox, ThreadAlgorithm.REFERENCES, ALL);
    }

    /** UIDs with a full stop behind them for each step from the root. */
    private String threads() {
        return told(forest());
    }

    private static String told(ThreadForest forest) {
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < forest.uids().length; i++) {
            told.append(i == 0 ? "" : " ").append(forest.uids()[i]).append(".".repeat(forest.depths()[i]));
        }
        return told.toString();
    }

    private long[] sorted(SortKey key) {
        return sorted(key, ALL);
    }

    private long[] sorted(SortKey key, SearchKey which) {
        SearchQuery query = new SearchQuery(which, List.of(new SortCriterion(key, false)), Set.of());
        return store.mail.search(inbox, query).uids();
    }

    @Test
    void stayWhenOnlyFlagsChange() {
        ThreadForest before = forest();
        store.flag(inbox, Flags.of(SystemFlag.SEEN), 1);

        assertThat(forest()).isSameAs(before);
        assertThat(sorted(SortKey.DATE)).containsExactly(2, 1);
    }

    @Test
    void knowFlagsOfWhichNothingIsNotedAnyMore() {
        store.flag(inbox, Flags.of(SystemFlag.SEEN), 1);
        database.transaction(connection -> Sql.update(
                        connection,
                        "delete from mailbox_change where mailbox_id = ?",
                        inbox.mailbox().value())
                + Sql.update(
                        connection,
                        "update mailbox set changes_since = highest_modseq where id = ?",
                        inbox.mailbox().value()));

        assertThat(sorted(SortKey.DATE, new SearchKey.HasFlag(SystemFlag.SEEN))).containsExactly(1);
    }

    @Test
    void haveWhatWasAppended() {
        append(MailboxName.INBOX, 3, 1);

        assertThat(threads()).isEqualTo("1 2. 3..");
        assertThat(sorted(SortKey.DATE)).containsExactly(3, 2, 1);
    }

    @Test
    void haveNothingThatWasExpunged() {
        append(MailboxName.INBOX, 3, 1);
        assertThat(threads()).isEqualTo("1 2. 3..");
        assertThat(sorted(SortKey.DATE)).containsExactly(3, 2, 1);
        expunge(2);

        assertThat(threads()).isEqualTo("3 1");
        assertThat(sorted(SortKey.DATE)).containsExactly(3, 1);
    }

    @Test
    void areNotThoseOfAsManyOthers() {
        expunge(2);
        append(MailboxName.INBOX, 2, 5);

        assertThat(threads()).isEqualTo("1 3.");
        assertThat(sorted(SortKey.DATE)).containsExactly(3, 1);
    }

    @Test
    void haveWhatWasMovedIn() {
        store.mail.create(account, PROJECT, Optional.empty());
        append(PROJECT, 3, 1);
        store.mail.move(store.ref(account, PROJECT), new long[] {1}, MailboxName.INBOX);

        assertThat(threads()).isEqualTo("1 2. 3..");
        assertThat(sorted(SortKey.DATE)).containsExactly(3, 2, 1);
    }

    @Test
    void haveWhatWasRestored() {
        expunge(1);
        assertThat(threads()).isEqualTo("2");
        assertThat(sorted(SortKey.DATE)).containsExactly(2);
        store.vault.restore(
                account, new long[] {store.vault.list(account, 0, 1).getFirst().id()});

        assertThat(threads()).isEqualTo("3 2.");
        assertThat(sorted(SortKey.DATE)).containsExactly(2, 3);
    }

    @Test
    void areOfAllMessagesOnly() {
        SearchKey second = new SearchKey.UidRange(2, 2);

        assertThat(told(store.mail.thread(inbox, ThreadAlgorithm.REFERENCES, second)))
                .isEqualTo("2");
        assertThat(sorted(SortKey.DATE, second)).containsExactly(2);
        assertThat(threads()).isEqualTo("1 2.");
        assertThat(sorted(SortKey.DATE)).containsExactly(2, 1);
    }

    @Test
    void areAnotherForEachOrderAndAlgorithm() {
        assertThat(sorted(SortKey.SUBJECT)).containsExactly(1, 2);
        assertThat(told(store.mail.thread(inbox, ThreadAlgorithm.ORDEREDSUBJECT, ALL)))
                .isEqualTo("2 1");
        assertThat(threads()).isEqualTo("1 2.");
    }

    @Test
    void goWithTheRowsWhenTheMemoryIsUsedUp() {
        assertThat(store.summaries.size()).isEqualTo(1);
        store.summaries.limit = 2L * MailboxSummaries.EXPECTED;
        assertThat(sorted(SortKey.SUBJECT)).containsExactly(1, 2);

        assertThat(store.summaries.size()).isZero();
    }

    @Test
    void areNotThoseOfMessagesKnownWorse() {
        MailboxRows rows = MailboxRows.all(new SummaryChanges(true, 1, 0, List.of(), new long[0]));

        assertThat(rows.knowing(Map.of()).orders()).isNotSameAs(rows.orders());
    }

    @Test
    void areKeptForAFewOrdersOnly() {
        MailboxOrders orders = new MailboxOrders();
        Arrays.stream(SortKey.values())
                .forEach(key -> orders.sorted(List.of(new SortCriterion(key, false)), () -> new int[100]));
        long full = orders.weight();
        orders.sorted(List.of(new SortCriterion(SortKey.DATE, true)), () -> new int[100]);

        assertThat(full).isBetween(4L * 100 * MailboxOrders.MOST_SORTS, 6L * 100 * MailboxOrders.MOST_SORTS);
        assertThat(orders.weight()).isEqualTo(full);
    }

    private void expunge(long uid) {
        store.flag(inbox, Flags.of(SystemFlag.DELETED), uid);
        store.mail.expunge(inbox, Optional.of(new long[] {uid}));
    }
}
