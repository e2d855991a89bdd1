// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.persistence.maildrop.JpaMaildrops;
import org.wildpost.persistence.maildrop.MaildropRow;
import org.wildpost.persistence.maildrop.Maildrops;

/** Leases and lists on a real PostgreSQL. */
class MaildropsTest {
    private static final Duration LEASE = Duration.ofMinutes(15);
    private static final AccountId ALICE = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);

    private static TestDatabase database;
    private static Maildrops maildrops;

    @BeforeAll
    static void start() {
        database = new TestDatabase();
        maildrops = new JpaMaildrops(database.entityManager());
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void twoAccounts() {
        database.execute("truncate domain, account, mailbox, message_row, blob, maildrop_lock cascade");
        database.execute("insert into domain (id, name) values (1, 'demo.test')");
        database.execute("insert into account (id, domain_id, local_part, address, password_hash) values"
                + " (1, 1, 'alice', 'alice@demo.test', ''), (2, 1, 'bob', 'bob@demo.test', '')");
        database.execute("insert into mailbox (id, account_id, name, uid_validity) values"
                + " (10, 1, 'INBOX', 1), (11, 1, 'Sent', 1), (20, 2, 'INBOX', 1)");
    }

    @Test
    void givesAMaildropToOneLeaseAtATime() {
        assertThat(acquire(ALICE, "first")).isTrue();
        assertThat(acquire(ALICE, "second")).isFalse();
        assertThat(acquire(BOB, "second")).isTrue();

        release(ALICE, "second");
        assertThat(acquire(ALICE, "second")).isFalse();
        release(ALICE, "first");
        assertThat(acquire(ALICE, "second")).isTrue();
    }

    @Test
    void givesAnEndedLeaseToTheNext() {
        acquire(ALICE, "first");
        database.execute("update maildrop_lock set expires_at = now() - interval '1 second'");

        assertThat(renew(ALICE, "first")).isFalse();
        assertThat(hold(ALICE, "first")).isFalse();
        assertThat(acquire(ALICE, "second")).isTrue();
        assertThat(hold(ALICE, "first")).isFalse();
        assertThat(hold(ALICE, "second")).isTrue();
        assertThat(renew(ALICE, "second")).isTrue();
    }

    @Test
    void renewsForTheFullTime() {
        acquire(ALICE, "first");
        database.execute("update maildrop_lock set expires_at = now() + interval '1 minute'");

        assertThat(renew(ALICE, "first")).isTrue();
        assertThat(database.column("select expires_at > now() + interval '14 minutes' from maildrop_lock"))
                .containsExactly("t");
    }

    @Test
    void givesAMaildropToOneOfManyAtOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            String ended = round % 2 == 0 ? "delete from maildrop_lock" : "update maildrop_lock set expires_at = now()";
            database.execute(ended);
            assertThat(race(12, lease -> acquire(ALICE, lease))).isEqualTo(1);
        }
    }

    @Test
    void keepsOthersOutUntilTheHolderCommits() throws Exception {
        acquire(ALICE, "first");
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> taken = database.tx(() -> {
                assertThat(maildrops.hold(ALICE, "first")).isTrue();
                database.execute("select 1");
                Future<Boolean> waiting = other.submit(() -> acquire(ALICE, "second"));
                awaitBlocked();
                assertThat(waiting.isDone()).isFalse();
                maildrops.release(ALICE, "first");
                return waiting;
            });
            assertThat(taken.get()).isTrue();
        }
    }

    @Test
    void listsInboxAscendingWithSizesAndIds() {
        database.execute("insert into blob (id, size, sha256, data) values (1, 3, '', '')");
        for (String row : List.of("10, 7, 1, 102, 30", "10, 3, 1, 205, 10", "11, 1, 1, 101, 99", "20, 1, 2, 103, 99")) {
            database.execute(
                    "insert into message (mailbox_id, uid, account_id, id, size, email_id, blob_id, internal_date, modseq)"
                            + " values (" + row + ", 1, 1, now(), 1)");
        }
        MailboxRef inbox = new MailboxRef(ALICE, maildrops.inbox(ALICE).orElseThrow());

        assertThat(maildrops.messages(inbox)).containsExactly(new MaildropRow(3, 205, 10), new MaildropRow(7, 102, 30));
        assertThat(maildrops.messages(new MailboxRef(BOB, inbox.mailbox()))).isEmpty();
        assertThat(maildrops.inbox(new AccountId(99))).isEmpty();
    }

    private static void awaitBlocked() {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (database.column("select 1 from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and query like 'insert into maildrop_lock%'")
                .isEmpty()) {
            assertThat(System.nanoTime()).as("nobody waits for the row").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static long race(int many, java.util.function.Predicate<String> attempt) throws Exception {
        CyclicBarrier together = new CyclicBarrier(many);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> attempts = IntStream.range(0, many)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        together.await();
                        return attempt.test("lease-" + i);
                    })
                    .toList();
            long won = 0;
            for (Future<Boolean> result : threads.invokeAll(attempts)) {
                won += result.get() ? 1 : 0;
            }
            return won;
        }
    }

    private static boolean acquire(AccountId account, String lease) {
        return database.tx(() -> maildrops.acquire(account, lease, LEASE));
    }

    private static boolean renew(AccountId account, String lease) {
        return database.tx(() -> maildrops.renew(account, lease, LEASE));
    }

    private static boolean hold(AccountId account, String lease) {
        return database.tx(() -> maildrops.hold(account, lease));
    }

    private static void release(AccountId account, String lease) {
        database.tx(() -> {
            maildrops.release(account, lease);
            return true;
        });
    }
}
