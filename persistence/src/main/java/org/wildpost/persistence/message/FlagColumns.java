// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wildpost.core.message.Flags;

/** Reads the columns {@code flags} and {@code keywords}; gives the same instance for the same keywords. For one result. */
public final class FlagColumns {
    /** Null stands for no keyword, for most messages have none and reading an array is slow. */
    public static final String COLUMNS = "flags, nullif(keywords, '{}') as keywords";

    private final Map<List<String>, List<String>> seen = new HashMap<>();

    public Flags read(ResultSet row) throws SQLException {
        return new Flags(row.getInt("flags"), keywords(row));
    }

    List<String> keywords(ResultSet row) throws SQLException {
        java.sql.Array column = row.getArray("keywords");
        if (column == null) {
            return List.of();
        }
        List<String> keywords = List.of((String[]) column.getArray());
        return seen.computeIfAbsent(keywords, same -> same);
    }
}
