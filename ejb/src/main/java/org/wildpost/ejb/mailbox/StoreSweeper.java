// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.wildpost.persistence.blob.BlobSweep;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.vault.VaultRows;

/**
 * Forgets messages whose time in the vault is over, and takes away octets that nothing refers to: marked once, gone after a time of grace if they
 * are still alone. Never at the start, one node at a time, in short transactions, and only for a part of each hour.
 */
@Singleton
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StoreSweeper {
    /** How long one round may take. */
    static final Duration ROUND = Duration.ofMinutes(10);

    /** Until another node may begin when this one died. */
    static final Duration LEASE = ROUND.multipliedBy(2);

    private static final Logger LOG = System.getLogger(StoreSweeper.class.getName());

    @Inject
    Database database;

    @Inject
    Retention retention;

    @Inject
    VaultFiler filer;

    InstantSource clock = InstantSource.system();

    /**
     * What a round did.
     *
     * @param forgotten messages that cannot be restored any more
     * @param swept     blobs that are gone
     */
    record Round(long forgotten, long swept) {}

    /** Every hour. */
    @Schedule(hour = "*", minute = "37", persistent = false)
    public void hourly() {
        Round round = sweep();
        if (round.forgotten() > 0 || round.swept() > 0) {
            LOG.log(
                    Level.INFO,
                    () -> round.forgotten() + " expunged messages cannot be restored any more, " + round.swept()
                            + " blobs that nothing referred to are gone");
        }
    }

    /** One round; nothing when another node is at it. */
    Round sweep() {
        filer.fileAll();
        Instant began = clock.instant();
        Optional<BlobSweep.Claim> claimed =
                database.transaction(connection -> new BlobSweep(connection).claim(began, LEASE));
        if (claimed.isEmpty()) {
            return new Round(0, 0);
        }
        BlobSweep.Claim claim = claimed.get();
        try {
            return round(claim, began);
        } catch (RuntimeException e) {
            try {
                release(claim, claim.position());
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private Round round(BlobSweep.Claim claim, Instant began) {
        Instant end = began.plus(ROUND);
        long forgotten = repeat(
                end,
                VaultRows.PURGE,
                () -> database.transaction(
                        connection -> new VaultRows(connection).purge(began.minus(retention.vault()))));
        database.transaction(connection -> new BlobSweep(connection).unmark());
        long swept = repeat(
                end,
                BlobSweep.SWEEP,
                () -> database.transaction(
                        connection -> new BlobSweep(connection).sweep(began.minus(retention.grace()))));
        release(claim, mark(claim.position(), began, end));
        return new Round(forgotten, swept);
    }

    private void release(BlobSweep.Claim claim, long reached) {
        database.transaction(connection -> {
            new BlobSweep(connection).release(claim, reached);
            return reached;
        });
    }

    /** Marks from where the last round stopped; 0 at the end, to begin anew. */
    private long mark(long from, Instant began, Instant end) {
        Instant madeBefore = began.minus(retention.grace());
        long position = from;
        while (clock.instant().isBefore(end)) {
            long behind = position;
            OptionalLong last =
                    database.transaction(connection -> new BlobSweep(connection).mark(behind, madeBefore, began));
            if (last.isEmpty()) {
                return 0;
            }
            position = last.getAsLong();
        }
        return position;
    }

    private interface Step {
        int go();
    }

    /** Steps until one did less than it could, or the time is over. */
    private long repeat(Instant end, int whole, Step step) {
        long all = 0;
        int done;
        do {
            done = step.go();
            all += done;
        } while (done == whole && clock.instant().isBefore(end));
        return all;
    }
}
