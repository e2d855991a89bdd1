// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.wildpost.core.message.Flags;
import org.wildpost.persistence.jdbc.Sql;

/** Conversations are found out behind the deliveries (RFC 8474 §5.2). */
class ThreadKeeperTest extends StoreTest {
    private final ThreadKeeper keeper = new ThreadKeeper();
    private long now;

    @SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
    ThreadKeeperTest() {
        keeper.events = store.events;
        keeper.threads = store.mail.threads;
        keeper.nanoTime = () -> now;
        keeper.start();
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            String text = "Message-ID: <" + i + "@x>\r\nReferences: <root@x>\r\n\r\nReferences: <not-a-header@x>\r\n";
            store.append(account, text, Flags.NONE);
        }
    }

    private List<Long> threads() {
        return database.statement(connection -> Sql.list(
                connection,
                "select thread_id from message where mailbox_id = ? order by uid",
                row -> row.getObject(1, Long.class),
                inbox.mailbox().value()));
    }

    @Test
    void followsWhatIsDelivered() {
        append(3);
        assertThat(threads()).containsOnlyNulls();

        keeper.every();

        assertThat(threads())
                .hasSize(3)
                .doesNotContainNull()
                .containsOnly(threads().getFirst());
        append(1);
        keeper.every();
        assertThat(threads()).hasSize(4).containsOnly(threads().getFirst());
    }

    @Test
    void goesOnInTheNextRoundWhenItsTimeIsOver() {
        append(Threads.BATCH + 5);
        keeper.nanoTime = () -> now += ThreadKeeper.ROUND.toNanos() * 2 / 3;
        keeper.every();
        assertThat(threads()).contains((Long) null);

        keeper.nanoTime = () -> now;
        keeper.every();

        assertThat(threads()).doesNotContainNull();
    }

    @Test
    void hearsNothingWhenItIsStopped() {
        keeper.stop();
        append(1);
        keeper.every();
        assertThat(threads()).containsOnlyNulls();
    }

    @Test
    void manyAtOnceAgree() throws Exception {
        append(100);
        long[] all = java.util.stream.LongStream.rangeClosed(1, 100).toArray();
        List<Callable<Boolean>> askers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            askers.add(() -> {
                store.mail.threads.assign(inbox, all);
                return true;
            });
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> done : executor.invokeAll(askers)) {
                assertThat(done.get()).isTrue();
            }
        }

        assertThat(threads()).hasSize(100).containsOnly(threads().getFirst()).doesNotContainNull();
    }
}
