// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.fault;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes where a fault came from once in a while, and that it came again in one line: when the database is away every question fails, and traces of tens of
 * thousands of octets for each would fill the disk. Safe for all threads.
 */
public final class FaultLog {
    /** Between two traces of faults of the same kind. */
    public static final Duration BETWEEN_TRACES = Duration.ofMinutes(1);

    /** Causes that are looked at: nobody's chain is longer, but one may go in a circle. */
    private static final int DEPTH = 20;

    private final Logger logger;
    private final InstantSource clock;

    /** By the class of what began it, of which there are few. */
    private final ConcurrentHashMap<String, Instant> traced = new ConcurrentHashMap<>();

    public FaultLog(Logger logger) {
        this(logger, InstantSource.system());
    }

    FaultLog(Logger logger, InstantSource clock) {
        this.logger = logger;
        this.clock = clock;
    }

    /** Writes of a fault. */
    public void write(Level level, String what, Throwable fault) {
        Throwable root = root(fault);
        if (isTimeForATrace(root.getClass().getName())) {
            logger.log(level, what, fault);
        } else {
            logger.log(level, () -> what + " again: " + root);
        }
    }

    private boolean isTimeForATrace(String kind) {
        Instant now = clock.instant();
        Instant last = traced.get(kind);
        if (last == null) {
            return traced.putIfAbsent(kind, now) == null;
        }
        return !now.isBefore(last.plus(BETWEEN_TRACES)) && traced.replace(kind, last, now);
    }

    private static Throwable root(Throwable fault) {
        Throwable root = fault;
        @Nullable Throwable cause = fault.getCause();
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            root = cause;
            cause = cause.getCause();
        }
        return root;
    }
}
