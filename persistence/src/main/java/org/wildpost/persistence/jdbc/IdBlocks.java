// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Row ids from a sequence that counts in steps of {@value #STEP}: one question to the database gives that many. Ids of a rolled-back transaction
 * are lost, never given twice. Safe for all threads.
 */
public final class IdBlocks {
    /** The increment of the sequences in the schema. */
    public static final int STEP = 50;

    private final String question;
    private long next = 0;
    private long end = 0;

    public IdBlocks(String sequence) {
        question = "select nextval('" + sequence + "')";
    }

    /** One id. */
    public long next(Connection connection) throws SQLException {
        return next(connection, 1)[0];
    }

    /** So many ids, ascending. */
    public long[] next(Connection connection, int count) throws SQLException {
        long[] ids = new long[count];
        int taken = take(ids, 0);
        while (taken < count) {
            // Asked without the lock, so that one slow answer does not stop everybody.
            long block = Sql.first(connection, question, row -> row.getLong(1)).orElseThrow();
            taken = takeWith(block, ids, taken);
        }
        return ids;
    }

    private synchronized int takeWith(long block, long[] ids, int taken) {
        if (next == end) {
            next = block;
            end = block + STEP;
            return take(ids, taken);
        }
        // Somebody else brought a block meanwhile: this one is used here, and what is left of it is lost.
        int filled = taken;
        for (long id = block; id < block + STEP && filled < ids.length; id++) {
            ids[filled++] = id;
        }
        return filled;
    }

    private synchronized int take(long[] ids, int taken) {
        int filled = taken;
        while (filled < ids.length && next < end) {
            ids[filled++] = next++;
        }
        return filled;
    }
}
