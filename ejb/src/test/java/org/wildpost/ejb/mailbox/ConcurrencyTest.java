// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.CopyResult;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.persistence.jdbc.Sql;

/** Many sessions on the same mailboxes of a real PostgreSQL. */
class ConcurrencyTest {
    private static final int SESSIONS = 50;
    private static final int ROUNDS = 12;
    private static final MailboxName ARCHIVE = new MailboxName("Archive");
    private static final String TEXT = "Subject: x\r\n\r\n" + "y".repeat(4000) + "\r\n";

    @Test
    void fiftyDeliveriesAndFlagChangesLoseNothing() throws Exception {
        try (PooledDatabase database = new PooledDatabase()) {
            Store store = new Store(database);
            AccountId account = store.account();
            MailboxRef inbox = store.ref(account, MailboxName.INBOX);
            MailboxRef archive = store.ref(account, ARCHIVE);
            ConcurrentLinkedQueue<Long> appended = new ConcurrentLinkedQueue<>();
            ConcurrentLinkedQueue<Long> copied = new ConcurrentLinkedQueue<>();
            ConcurrentLinkedQueue<Long> expunged = new ConcurrentLinkedQueue<>();
            List<Callable<Boolean>> sessions = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                int kind = i;
                sessions.add(() -> {
                    Random random = new Random(kind);
                    long last = 0;
                    for (int round = 0; round < ROUNDS; round++) {
                        long uid =
                                kind % 5 == 4 ? appendToBoth(store, account) : store.append(account, TEXT, Flags.NONE);
                        assertThat(uid).isGreaterThan(last);
                        last = uid;
                        appended.add(uid);
                        long[] some = LongStream.of(uid, Math.max(1, uid - random.nextInt(20)))
                                .sorted()
                                .distinct()
                                .toArray();
                        switch (kind % 5) {
                            case 0 -> store.store(inbox, StoreRequest.Mode.ADD, Flags.of(SystemFlag.SEEN), some);
                            case 1 -> store.store(inbox, StoreRequest.Mode.ADD, Flags.of(SystemFlag.DELETED), some);
                            case 2 ->
                                add(copied, ((CopyResult.Copied) store.mail.copy(inbox, some, ARCHIVE)).targetUids());
                            case 3 ->
                                add(
                                        copied,
                                        ((CopyResult.Copied) store.mail.copy(archive, some, MailboxName.INBOX))
                                                .sourceUids());
                            default -> add(expunged, store.mail.expunge(inbox, Optional.empty()));
                        }
                    }
                    return true;
                });
            }
            List<Long> modSeqs = Collections.synchronizedList(new ArrayList<>());
            List<Long> everSeen = Collections.synchronizedList(new ArrayList<>());
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Boolean>> running =
                        sessions.stream().map(threads::submit).toList();
                Future<?> watcher = threads.submit(() -> {
                    long known = 0;
                    while (running.stream().anyMatch(one -> !one.isDone())) {
                        known = follow(store, inbox, known, everSeen, modSeqs);
                    }
                    follow(store, inbox, known, everSeen, modSeqs);
                });
                for (Future<Boolean> session : running) {
                    assertThat(session.get()).isTrue();
                }
                watcher.get();
            }

            assertThat(appended).hasSize(SESSIONS * ROUNDS).doesNotHaveDuplicates();
            assertThat(expunged).doesNotHaveDuplicates();
            assertThat(Store.counters(store.status(account, MailboxName.INBOX))).isEqualTo(store.recount(inbox));
            assertThat(Store.counters(store.status(account, ARCHIVE))).isEqualTo(store.recount(archive));
            long next = store.status(account, MailboxName.INBOX).uidNext();
            assertThat(tombstones(database, inbox) + store.recount(inbox).getFirst())
                    .as("every UID that was given is there or left a tombstone")
                    .isEqualTo(next - 1);
            assertThat(modSeqs).isSorted();
            assertThat(everSeen)
                    .as("a session that follows the changes misses no message")
                    .containsAll(remaining(store, account));
        }
    }

    private static long follow(Store store, MailboxRef inbox, long known, List<Long> everSeen, List<Long> modSeqs) {
        Changes changes = store.mail.changes(inbox, known);
        changes.changed().forEach(one -> everSeen.add(one.uid()));
        modSeqs.add(changes.highestModSeq());
        return changes.highestModSeq();
    }

    private static List<Long> remaining(Store store, AccountId account) {
        var opened =
                (org.wildpost.core.listener.imap.OpenResult.Opened) store.mail.open(account, MailboxName.INBOX, true);
        return Arrays.stream(opened.snapshot().uids()).boxed().toList();
    }

    private static long appendToBoth(Store store, AccountId account) {
        byte[] octets = TEXT.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        List<MessageAppender.Target> targets = List.of(
                new MessageAppender.Target(account, ARCHIVE, new byte[0], Flags.NONE, Store.NOW),
                new MessageAppender.Target(account, MailboxName.INBOX, new byte[0], Flags.NONE, Store.NOW));
        return ((MessageAppender.Outcome.Appended) store.appender
                        .append(SpooledMessage.of(octets), Store.index(TEXT, octets.length), targets)
                        .get(1))
                .uid();
    }

    private static void add(ConcurrentLinkedQueue<Long> queue, long[] uids) {
        Arrays.stream(uids).forEach(queue::add);
    }

    private static long tombstones(PooledDatabase database, MailboxRef mailbox) {
        return database.statement(connection -> Sql.first(
                        connection,
                        "select coalesce(sum(upper(span) - lower(span)), 0) from mailbox_change, unnest(uids) span"
                                + " where mailbox_id = ? and gone",
                        row -> row.getLong(1),
                        mailbox.mailbox().value())
                .orElseThrow());
    }
}
