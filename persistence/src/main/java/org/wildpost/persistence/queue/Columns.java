// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.wildpost.persistence.jdbc.Sql;

/** Columns of many rows as arrays, for statements that write all of them in one round trip. */
final class Columns {
    private Columns() {}

    static <T> long[] numbers(Collection<T> rows, ToLongFunction<T> value) {
        return rows.stream().mapToLong(value).toArray();
    }

    static <T> @Nullable String[] texts(Collection<T> rows, Function<T, @Nullable String> value) {
        return rows.stream()
                .map(row -> {
                    String text = value.apply(row);
                    return text == null ? null : Sql.storable(text);
                })
                .toArray(String[]::new);
    }

    static <T> @Nullable String[] moments(List<T> rows, Function<T, @Nullable Instant> value) {
        return rows.stream()
                .map(row -> {
                    Instant moment = value.apply(row);
                    return moment == null
                            ? null
                            : moment.atOffset(ZoneOffset.UTC).toString();
                })
                .toArray(String[]::new);
    }

    static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
