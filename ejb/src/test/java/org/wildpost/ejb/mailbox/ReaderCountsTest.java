// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.search.SearchKey;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.mailbox.ChangeLog;
import org.wildpost.persistence.mailbox.Mailboxes;

/** What a reader of a shared mailbox has not seen is told right and without counting all of it each time, on a real PostgreSQL. */
class ReaderCountsTest extends StoreTest {
    private static final Flags SEEN = Flags.of(SystemFlag.SEEN);
    private static final String TEXT = "Subject: x\r\n\r\n";
    private static final int STEPS = 200;

    private final AccountId reader = store.neighbour(account);
    private final AccountId other = store.neighbour(account);
    private final Store elsewhere = new Store(database);
    private final Random random = new Random(7);

    @BeforeEach
    void share() {
        for (AccountId one : List.of(reader, other)) {
            store.guarded.grant(
                    account,
                    MailboxName.INBOX,
                    named(one),
                    RightsChange.parse("lrswite").orElseThrow());
        }
    }

    private MailboxRef readBy(AccountId one) {
        return new MailboxRef(account, inbox.mailbox(), one);
    }

    private static MailboxStatus told(Store store, AccountId reader, MailboxRef mailbox) {
        return store.guarded.statuses(reader, List.of(mailbox.mailbox())).getFirst();
    }

    private long unseen() {
        return told(store, reader, inbox).unseen();
    }

    /** Counted by looking at each message. */
    private static long unseenOf(AccountId reader, MailboxRef mailbox) {
        return count(
                "select count(*) from message where mailbox_id = ? and not exists (select from reader_seen seen"
                        + " where seen.mailbox_id = message.mailbox_id and seen.uid = message.uid and seen.account_id = ? and seen.seen)",
                mailbox.mailbox().value(),
                reader.value());
    }

    private void mark(Store node, AccountId one, boolean seen, long... uids) {
        StoreRequest.Mode mode = seen ? StoreRequest.Mode.ADD : StoreRequest.Mode.REMOVE;
        node.guarded.store(readBy(one), new StoreRequest(uids, mode, SEEN, OptionalLong.empty()));
    }

    @Test
    void areRightWhateverHappens() {
        for (int i = 0; i < STEPS; i++) {
            Store node = random.nextBoolean() ? store : elsewhere;
            step(node);
            if (random.nextInt(3) > 0) {
                AccountId one = random.nextBoolean() ? reader : other;
                assertThat(told(store, one, inbox).unseen()).as("step %d", i).isEqualTo(unseenOf(one, inbox));
            }
        }
        assertThat(store.status(account, MailboxName.INBOX).messages()).isGreaterThan(20);
    }

    private void step(Store node) {
        long[] uids = node.mail.search(inbox, new SearchKey.All());
        long[] some = LongStream.of(uids).filter(uid -> random.nextInt(3) == 0).toArray();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> node.append(account, TEXT, random.nextBoolean() ? SEEN : Flags.NONE);
            case 3 -> mark(node, reader, true, some);
            case 4 -> mark(node, reader, false, some);
            case 5 -> mark(node, other, true, some);
            case 6 -> node.mail.copy(inbox, LongStream.of(some).limit(2).toArray(), MailboxName.INBOX);
            case 7 -> {
                if (some.length > 0) {
                    node.flag(inbox, Flags.of(SystemFlag.DELETED), some[0]);
                    node.mail.expunge(inbox, Optional.empty());
                }
            }
            // What is opened is tidied, and what happened is not noted for ever.
            case 8 ->
                assertThat(node.guarded.open(reader, sharedInbox(), false)).isInstanceOf(OpenResult.Opened.class);
            default -> {
                node.filer.fileAll();
                database.transaction(connection -> {
                    new Mailboxes(connection).lock(account, inbox.mailbox().value());
                    return new ChangeLog(connection).prune(inbox.mailbox(), Instant.now());
                });
            }
        }
    }

    private MailboxName sharedInbox() {
        return told(store, reader, inbox).name();
    }

    /** Everybody who watches a large mailbox hears of each change of it. */
    @Test
    @SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
    void anEventDoesNotCountAnew() {
        store.append(account, TEXT, Flags.NONE);
        for (int i = 0; i < 10; i++) {
            store.mail.copy(inbox, store.mail.search(inbox, new SearchKey.All()), MailboxName.INBOX);
        }
        long[] uids = store.mail.search(inbox, new SearchKey.All());
        mark(store, reader, true, uids);
        // Or the planner knows nothing of tables that have grown just now.
        store.database.statement(connection -> Sql.update(connection, "analyze"));
        Counting counting = new Counting();
        store.counts.database = counting;
        assertThat(unseen()).isZero();
        assertThat(counting.read).as("counted once").isGreaterThan(uids.length);

        store.append(account, TEXT, Flags.NONE);
        assertThat(counting.readBy(this::unseen)).isLessThan(10);
        assertThat(unseen()).isEqualTo(1);
        mark(store, reader, false, uids[3], uids[5]);
        assertThat(counting.readBy(this::unseen)).isLessThan(10);
        assertThat(unseen()).isEqualTo(3);
        store.flag(inbox, Flags.of(SystemFlag.DELETED), uids[3], uids[7]);
        store.mail.expunge(inbox, Optional.empty());
        assertThat(counting.readBy(this::unseen)).isLessThan(10);
        assertThat(unseen()).isEqualTo(2);
        assertThat(counting.readBy(this::unseen)).as("nothing happened").isZero();
    }

    /** Rows that are read of the tables that grow with the mailbox. */
    private static final class Counting implements Database {
        long read;

        long readBy(Runnable work) {
            read = 0;
            work.run();
            return read;
        }

        @Override
        public <T> T transaction(Work<T> work) {
            return database.transaction(connection -> {
                String sql = "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) from pg_stat_xact_user_tables"
                        + " where relname in ('reader_seen', 'message_row', 'mailbox_change')";
                long before = Sql.first(connection, sql, row -> row.getLong(1)).orElseThrow();
                T result = work.run(connection);
                read += Sql.first(connection, sql, row -> row.getLong(1)).orElseThrow() - before;
                return result;
            });
        }

        @Override
        public <T> T statement(Work<T> work) {
            return transaction(work);
        }
    }

    @Test
    void forgetsThoseThatNobodyAskedForTheLongestTime() {
        store.counts.limit = 500;
        for (int i = 0; i < 4; i++) {
            store.append(account, TEXT, Flags.NONE);
        }
        mark(store, reader, true, 1, 3);
        mark(store, other, true, 2);
        assertThat(unseen()).isEqualTo(2);
        assertThat(told(store, other, inbox).unseen()).isEqualTo(3);
        assertThat(store.counts.size()).isEqualTo(2);
        store.counts.limit = 400;
        mark(store, other, true, 4);
        assertThat(told(store, other, inbox).unseen()).isEqualTo(2);
        assertThat(store.counts.size()).isEqualTo(1);
        assertThat(unseen()).isEqualTo(2);
    }
}
