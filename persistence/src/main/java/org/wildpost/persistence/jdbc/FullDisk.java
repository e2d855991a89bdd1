// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Finds out whether a fault means that PostgreSQL's disk is full. */
public final class FullDisk {
    /** Class 53 of PostgreSQL's error codes, "disk_full". */
    private static final String DISK_FULL = "53100";

    /** Causes that are looked at: nobody's chain is longer, but one may go in a circle. */
    private static final int DEPTH = 20;

    private FullDisk() {}

    /** Whether it, or anything that caused it, says so. */
    public static boolean causes(Throwable fault) {
        @Nullable Throwable cause = fault;
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            if (cause instanceof SQLException sql && says(sql)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** A batch has its first fault behind the one of the batch. */
    private static boolean says(SQLException fault) {
        for (Throwable one : fault) {
            if (one instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
