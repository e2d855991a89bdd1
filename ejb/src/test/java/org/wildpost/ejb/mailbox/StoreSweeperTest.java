// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.persistence.blob.BlobSweep;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.jdbc.Sql;

/** Who sweeps when several nodes may, on a real PostgreSQL; what goes is told by {@link VaultTest}. */
class StoreSweeperTest extends StoreTest {
    private static final Duration LEASE = StoreSweeper.LEASE;

    @BeforeEach
    void nobodySweeps() {
        database.statement(
                connection -> Sql.update(connection, "update blob_sweep set position = 0, lease_until = '-infinity'"));
    }

    @Test
    void theSweepIsGivenBack() {
        Instant began = Instant.parse("2026-03-04T05:06:07.123456789Z");
        store.sweeper.clock = () -> began;
        store.sweeper.sweep();

        assertThat(claims(began.plusSeconds(1))).isTrue();
    }

    /** After a stall another node may be at it already, whose claim is not this node's to give back. */
    @Test
    void theClaimOfAnotherNodeIsLeftAlone() {
        Instant began = Instant.parse("2026-04-04T05:06:07.123456789Z");
        Instant later = began.plus(LEASE).plusSeconds(1);
        AtomicInteger looks = new AtomicInteger();
        store.sweeper.clock = () -> {
            if (looks.getAndIncrement() == 0) {
                return began;
            }
            assertThat(looks.get() != 2 || claims(later)).isTrue();
            return later;
        };
        store.sweeper.sweep();

        assertThat(looks.get()).isGreaterThan(1);
        assertThat(claims(later.plusSeconds(1))).isFalse();
    }

    @Test
    @SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
    void whatFailsFirstIsTold() {
        AtomicBoolean broken = new AtomicBoolean();
        store.sweeper.database = new Database() {
            @Override
            public <T> T transaction(Work<T> work) {
                if (broken.get()) {
                    throw new IllegalStateException("no database");
                }
                return database.transaction(work);
            }

            @Override
            public <T> T statement(Work<T> work) {
                return database.statement(work);
            }
        };
        Instant began = Instant.parse("2026-05-04T05:06:07Z");
        AtomicInteger looks = new AtomicInteger();
        store.sweeper.clock = () -> {
            if (looks.getAndIncrement() == 0) {
                return began;
            }
            broken.set(true);
            throw new IllegalStateException("first");
        };

        assertThatThrownBy(store.sweeper::sweep)
                .hasMessage("first")
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .singleElement()
                        .satisfies(second -> assertThat(second).hasMessage("no database")));
    }

    /** Whether another node gets the sweep at a moment. */
    private static boolean claims(Instant now) {
        return database.transaction(
                connection -> new BlobSweep(connection).claim(now, LEASE).isPresent());
    }
}
