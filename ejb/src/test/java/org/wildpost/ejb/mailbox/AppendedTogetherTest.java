// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.persistence.jdbc.DatabaseException;
import org.wildpost.persistence.mailbox.Mailboxes;
import org.wildpost.persistence.message.GroupedAppends;

/** What comes to one mailbox while its row is locked by somebody else is written together afterwards. */
@Timeout(60)
class AppendedTogetherTest extends StoreTest {
    private static final Flags UNSTORABLE = new Flags(0, List.of("no\0text"));

    private long append(int number, Flags flags) {
        return store.append(account, "Subject: " + number + "\r\n\r\n" + "x".repeat(number), flags);
    }

    /** Appends the first alone and all others as one group, or as several when they are more than fit into one. */
    private List<Future<Long>> behindALock(Flags... flags) throws InterruptedException, ExecutionException {
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch unlock = new CountDownLatch(1);
        List<Future<Long>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> lock = threads.submit(() -> database.transaction(connection -> {
                new Mailboxes(connection).lock(account, inbox.mailbox().value());
                locked.countDown();
                return await(unlock);
            }));
            assertThat(await(locked)).isTrue();
            // The first one works, and waits for the lock; it is not counted.
            asked.add(threads.submit(() -> append(1, Flags.NONE)));
            until(() -> waitsForLock());
            for (int i = 0; i < flags.length; i++) {
                int number = i + 2;
                int before = i;
                asked.add(threads.submit(() -> append(number, flags[number - 2])));
                until(() -> store.appender.waiting(account, MailboxName.INBOX) == before + 1);
            }
            unlock.countDown();
            assertThat(lock.get()).isTrue();
        }
        return asked;
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it does not come to that").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static boolean waitsForLock() {
        return count("select count(*) from pg_locks where not granted") > 0;
    }

    private long transactions() {
        return count(
                "select count(distinct xmin::text) from message_row where mailbox_id = ?",
                inbox.mailbox().value());
    }

    private static List<Long> uids(List<Future<Long>> asked) throws InterruptedException, ExecutionException {
        List<Long> uids = new ArrayList<>();
        for (Future<Long> one : asked) {
            uids.add(one.get());
        }
        return uids;
    }

    @Test
    void isOneTransactionWithUidsInTheOrderOfComing() throws Exception {
        List<Future<Long>> asked = behindALock(Flags.NONE, Flags.NONE, Flags.NONE);
        assertThat(uids(asked)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(transactions()).isEqualTo(2);
        assertThat(store.mail.content(inbox, 3, 0, 100))
                .hasValueSatisfying(octets -> assertThat(new String(octets, StandardCharsets.US_ASCII))
                        .isEqualTo("Subject: 3\r\n\r\nxxx"));
    }

    @Test
    void keepsWhatBelongsToEach() throws Exception {
        Flags seen = new Flags(SystemFlag.SEEN.bit(), List.of());
        Flags word = new Flags(SystemFlag.DELETED.bit(), List.of("one", "two words"));
        behindALock(seen, word, Flags.NONE);
        List<FetchRow> rows = store.fetch(inbox, 1, 2, 3, 4);
        assertThat(rows).extracting(FetchRow::flags).containsExactly(Flags.NONE, seen, word, Flags.NONE);
        assertThat(rows).extracting(FetchRow::size).containsExactly(15L, 16L, 17L, 18L);
        assertThat(Store.counters(store.status(account, MailboxName.INBOX))).isEqualTo(store.recount(inbox));
    }

    @Test
    void isNoMoreThanFitsIntoOneStatement() throws Exception {
        Flags[] flags = new Flags[GroupedAppends.MOST + 2];
        Arrays.fill(flags, Flags.NONE);
        assertThat(uids(behindALock(flags)))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, flags.length + 1).boxed().toList());
        assertThat(transactions()).isEqualTo(3);
    }

    @Test
    void oneThatCannotBeStoredDoesNotHarmTheOthers() throws Exception {
        List<Future<Long>> asked = behindALock(Flags.NONE, UNSTORABLE, Flags.NONE);
        assertThatThrownBy(asked.get(2)::get).hasCauseInstanceOf(DatabaseException.class);
        assertThat(List.of(asked.get(0).get(), asked.get(1).get(), asked.get(3).get()))
                .containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(Store.counters(store.status(account, MailboxName.INBOX)))
                .isEqualTo(store.recount(inbox))
                .first()
                .isEqualTo(3L);
    }

    @Test
    void leavesNothingWhereThereIsNoMailbox() {
        long blobs = count("select count(*) from blob");
        MailboxName gone = new MailboxName("Gone");
        SpooledMessage message = SpooledMessage.of("\r\n".getBytes(StandardCharsets.US_ASCII));
        List<GroupedAppends.Item> items = IntStream.range(0, 3)
                .mapToObj(_ -> new GroupedAppends.Item(
                        MessageAppender.content(message, Store.index("\r\n", 2)),
                        new org.wildpost.persistence.message.NewMessage(
                                new org.wildpost.persistence.mailbox.MailboxKey(account, gone),
                                new byte[0],
                                Flags.NONE,
                                Store.NOW)))
                .toList();
        assertThat(store.appender.appendTogether(items.getFirst().target().mailbox(), items))
                .hasSize(3)
                .allSatisfy(placed -> assertThat(placed).isEmpty());
        assertThat(count("select count(*) from blob")).isEqualTo(blobs);
    }

    @Test
    void isThereBeforeAnybodyHearsOfIt() throws Exception {
        int sessions = 8;
        int each = 40;
        List<Future<Integer>> work = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < sessions; i++) {
                work.add(threads.submit(() -> {
                    int missing = 0;
                    for (int j = 0; j < each; j++) {
                        long uid = append(j, Flags.NONE);
                        missing += count(
                                                "select count(*) from message where mailbox_id = ? and uid = ?",
                                                inbox.mailbox().value(),
                                                uid)
                                        == 1
                                ? 0
                                : 1;
                    }
                    return missing;
                }));
            }
        }
        for (Future<Integer> one : work) {
            assertThat(one.get()).isZero();
        }
        assertThat(store.recount(inbox).getFirst()).isEqualTo((long) sessions * each);
        assertThat(transactions()).as("fewer than there are messages").isLessThan((long) sessions * each);
        assertThat(store.status(account, MailboxName.INBOX).uidNext()).isEqualTo((long) sessions * each + 1);
    }
}
