// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.jdbc;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a fault leaves open what became of a statement that commits by itself: what may have been done must not be done again. */
public final class Doubt {
    /** Classes of PostgreSQL's error codes with which it refuses a statement, so that nothing of it remains: data, constraints, rollback, rights, resources, limits, locks. */
    private static final Set<String> REFUSALS = Set.of("22", "23", "40", "42", "53", "54", "55");

    /** statement_completion_unknown, of the class of rollbacks. */
    private static final String UNKNOWN = "40003";

    /** query_canceled, for a statement that took too long. */
    private static final String CANCELLED = "57014";

    private static final int CLASS = 2;

    private Doubt() {}

    /** Whether the statement may have been done all the same. */
    public static boolean remainsAfter(SQLException fault) {
        @Nullable String state = fault.getSQLState();
        if (state == null || state.length() < CLASS || state.equals(UNKNOWN)) {
            return true;
        }
        return !state.equals(CANCELLED) && !REFUSALS.contains(state.substring(0, CLASS));
    }
}
