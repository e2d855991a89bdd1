// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.File;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether the disk of the data folder has room for more mail. Some of it is kept free: PostgreSQL, which may be on the same disk, ends when it cannot write its log,
 * and what waits in the queue must still be recorded. Safe for all threads.
 */
@ApplicationScoped
public class DiskRoom {
    /** A message lies in the spool, in the table of blobs and in the database's log for a while. */
    private static final int COPIES = 3;

    /** Between two warnings: one for each refused message would fill the disk further. */
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger(DiskRoom.class.getName());

    @Inject
    ServerSettings settings;

    InstantSource clock = InstantSource.system();

    /** Milliseconds since the epoch. */
    private final AtomicLong warned = new AtomicLong();

    private LongSupplier free = () -> Long.MAX_VALUE;
    private long reserve;

    /** Made by the container, which fills the field. */
    protected DiskRoom() {}

    /**
     * @param reserve octets that are kept free
     * @param free    octets that are free now
     */
    public DiskRoom(long reserve, LongSupplier free) {
        this.reserve = reserve;
        this.free = free;
    }

    @PostConstruct
    void look() {
        reserve = settings.diskReserve();
        settings.dataFolder().ifPresent(folder -> {
            File disk = folder.toFile();
            // Zero says "unknown", too; then a full disk is found where something cannot be written.
            free = () -> disk.exists() ? disk.getUsableSpace() : Long.MAX_VALUE;
        });
    }

    /** Whether a message of so many octets can be taken, perhaps none when that is not known. */
    public boolean has(long octets) {
        boolean enough = free.getAsLong() - reserve >= octets * COPIES;
        if (!enough && isTimeToWarn()) {
            LOG.log(Level.WARNING, "Mail is refused: the disk of the data folder is nearly full");
        }
        return enough;
    }

    private boolean isTimeToWarn() {
        long now = clock.millis();
        long last = warned.get();
        return now - last >= BETWEEN_WARNINGS.toMillis() && warned.compareAndSet(last, now);
    }
}
