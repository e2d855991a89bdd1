// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.Vanished;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.jdbc.Sql;

@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class MailboxViewsTest extends StoreTest {
    private static final Flags SEEN = Flags.of(SystemFlag.SEEN);
    private static final Flags DELETED = Flags.of(SystemFlag.DELETED);

    private MailboxSnapshot view() {
        return store.views.current(inbox).orElseThrow();
    }

    /** As another node sees it, which keeps nothing. */
    private MailboxSnapshot fresh() {
        return new Store(database).views.current(inbox).orElseThrow();
    }

    private static List<String> states(MailboxSnapshot snapshot) {
        List<String> states = new ArrayList<>();
        for (int i = 0; i < snapshot.size(); i++) {
            states.add(snapshot.uid(i) + " " + snapshot.flags(i) + " " + snapshot.modSeq(i));
        }
        return states;
    }

    private void append(Flags... flags) {
        for (Flags one : flags) {
            store.append(account, "Subject: x\r\n\r\nx\r\n", one);
        }
    }

    @Test
    void givesAllTheSameObjectUntilSomethingHappens() {
        append(SEEN, DELETED);
        MailboxSnapshot first = view();

        assertThat(view()).isSameAs(first);
        assertThat(((org.wildpost.core.listener.imap.OpenResult.Opened)
                                store.mail.open(account, MailboxName.INBOX, true))
                        .snapshot())
                .isSameAs(first);
        append(SEEN);
        assertThat(view()).isNotSameAs(first);
        assertThat(states(view())).isEqualTo(states(fresh())).hasSize(3);
    }

    /** What another node did is seen as soon as it is committed: nothing kept is believed. */
    @Test
    void seesWhatAnotherNodeDid() {
        append(SEEN, DELETED, new Flags(0, List.of("work", "$Junk")));
        view();
        Store other = new Store(database);
        other.store(inbox, StoreRequest.Mode.ADD, new Flags(16, List.of("other")), 1);
        other.mail.expunge(inbox, Optional.empty());

        assertThat(view().uids()).containsExactly(1, 3);
        assertThat(view().flags(0)).isEqualTo(new Flags(17, List.of("other")));
        assertThat(states(view())).isEqualTo(states(fresh()));
    }

    /** What is rolled back must not be in a view that others get. */
    @Test
    void keepsNothingOfATransactionThatMayFail() {
        append(SEEN);
        view();
        try {
            database.transaction(connection -> {
                store.flag(inbox, DELETED, 1);
                assertThat(view().flags(0).has(SystemFlag.DELETED))
                        .as("one's own changes are seen")
                        .isTrue();
                throw new IllegalStateException("rolled back");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("rolled back");
        }

        // The next change gets the MODSEQ that the other had.
        append(SEEN);
        assertThat(states(view())).isEqualTo(states(fresh())).hasSize(2);
        assertThat(view().flags(0)).isEqualTo(SEEN);
    }

    @Test
    void forgetsAMailboxThatIsGone() {
        MailboxName name = new MailboxName("short");
        store.mail.create(account, name, Optional.empty());
        MailboxRef ref = store.ref(account, name);
        assertThat(store.views.current(ref)).isPresent();
        int kept = store.views.size();
        store.mail.delete(account, name);

        assertThat(store.views.current(ref)).isEmpty();
        assertThat(store.views.size()).isEqualTo(kept - 1);
        assertThat(store.views.current(ref)).isEmpty();
    }

    @Test
    void givesUpThoseThatNobodyAskedForLongest() {
        store.views.kept = 2L * MailboxViews.MESSAGES_OVERHEAD + 10;
        append(SEEN);
        MailboxRef sent = store.ref(account, new MailboxName("Sent"));
        MailboxRef trash = store.ref(account, new MailboxName("Trash"));
        MailboxSnapshot first = view();
        MailboxSnapshot second = store.views.current(sent).orElseThrow();
        assertThat(view()).isSameAs(first);
        store.views.current(trash);

        assertThat(store.views.size()).isEqualTo(2);
        assertThat(view()).isSameAs(first);
        assertThat(store.views.current(sent).orElseThrow()).isNotSameAs(second);
    }

    @Test
    void manyWhoAskAtOnceAskTheDatabaseOnce() throws Exception {
        append(SEEN);
        AtomicInteger questions = new AtomicInteger();
        store.views.database = new Database() {
            @Override
            public <T> T transaction(Work<T> work) {
                return database.transaction(work);
            }

            @Override
            public <T> T statement(Work<T> work) {
                questions.incrementAndGet();
                // Long enough for the others to come.
                return database.statement(connection -> {
                    Sql.first(connection, "select 1 from pg_sleep(0.3)", row -> row.getInt(1));
                    return work.run(connection);
                });
            }
        };
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<MailboxSnapshot> look = this::view;
            for (Future<MailboxSnapshot> answer : pool.invokeAll(List.of(look, look, look, look, look, look))) {
                assertThat(answer.get().size()).isEqualTo(1);
            }
        }

        assertThat(questions.get())
                .as("one, and one for those who came while it was asked")
                .isLessThanOrEqualTo(2);
    }

    /** Changes of all kinds meet looks of all kinds: a view of some sequence is what the database had then. */
    @Test
    void aViewIsNeverOtherThanTheDatabase() throws Exception {
        append(SEEN, SEEN, SEEN, SEEN);
        Store other = new Store(database);
        Instant end = Instant.now().plusSeconds(3);
        Map<Long, List<String>> truths = new ConcurrentHashMap<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Random random = new Random(i);
                Store through = i % 2 == 0 ? store : other;
                work.add(() -> {
                    while (Instant.now().isBefore(end)) {
                        change(through, random);
                    }
                    return 0;
                });
            }
            for (int i = 0; i < 4; i++) {
                work.add(() -> {
                    int compared = 0;
                    while (Instant.now().isBefore(end)) {
                        MailboxSnapshot view = view();
                        MailboxSnapshot fresh = fresh();
                        for (MailboxSnapshot one : List.of(view, fresh)) {
                            List<String> before = truths.putIfAbsent(one.highestModSeq(), states(one));
                            if (before != null) {
                                compared++;
                                assertThat(states(one)).isEqualTo(before);
                            }
                        }
                    }
                    return compared;
                });
            }
            int compared = 0;
            for (Future<Integer> one : pool.invokeAll(work)) {
                compared += one.get();
            }
            assertThat(compared).isGreaterThan(50);
        }
        assertThat(states(view())).isEqualTo(states(fresh()));
    }

    private void change(Store through, Random random) {
        MailboxSnapshot known = through.views.current(inbox).orElseThrow();
        long[] some = LongStream.of(known.uids())
                .filter(uid -> random.nextInt(3) == 0)
                .toArray();
        switch (random.nextInt(6)) {
            case 0 -> through.append(account, "Subject: x\r\n\r\nx\r\n", random.nextBoolean() ? SEEN : DELETED);
            case 1, 2 ->
                through.store(
                        inbox,
                        List.of(StoreRequest.Mode.values()).get(random.nextInt(3)),
                        new Flags(
                                random.nextInt(16),
                                random.nextBoolean() ? List.of() : List.of("k" + random.nextInt(3))),
                        some);
            case 3 -> through.mail.expunge(inbox, random.nextBoolean() ? Optional.empty() : Optional.of(some));
            case 4 -> through.mail.copy(inbox, Arrays.copyOf(some, Math.min(2, some.length)), MailboxName.INBOX);
            default ->
                through.mail.move(
                        inbox, some, random.nextInt(8) == 0 ? SpecialUse.ARCHIVE.defaultName() : MailboxName.INBOX);
        }
    }

    /** RFC 7162 §3.2.5: without tombstones neither views nor clients may be told that nothing is gone. */
    @Test
    void readsAnewWhereTombstonesWereGivenUp() {
        append(DELETED, SEEN);
        MailboxSnapshot before = view();
        store.mail.expunge(inbox, Optional.empty());
        store.filer.fileAll();
        TombstoneSweeper sweeper = new TombstoneSweeper();
        sweeper.database = database;
        sweeper.retention = new Retention(Duration.ZERO, Duration.ZERO, Duration.ofDays(30));
        sweeper.clock = () -> Instant.now().plus(Duration.ofDays(29));
        assertThat(sweeper.prune()).as("not old enough").isZero();
        sweeper.clock = () -> Instant.now().plus(Duration.ofDays(31));
        assertThat(sweeper.prune()).isPositive();
        assertThat(sweeper.prune()).isZero();

        assertThat(store.mail.vanished(inbox, 0).uids()).isEmpty();
        assertThat(view().uids()).containsExactly(2);
        assertThat(store.mail.vanished(inbox, before.highestModSeq()))
                .extracting(Vanished::complete)
                .isEqualTo(false);
        assertThat(store.mail.vanished(inbox, view().highestModSeq()))
                .extracting(Vanished::complete)
                .isEqualTo(true);
    }
}
