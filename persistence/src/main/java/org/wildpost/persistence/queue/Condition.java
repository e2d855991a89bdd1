// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A condition that grows, with the values of its question marks. Immutable. */
record Condition(String sql, List<Object> parameters) {
    static final Condition TRUE = new Condition("true", List.of());

    Condition {
        parameters = List.copyOf(parameters);
    }

    Condition and(String more, Object... values) {
        List<Object> all = new ArrayList<>(parameters);
        all.addAll(Arrays.asList(values));
        return new Condition(sql + " and " + more, all);
    }

    /** The values, with more behind them. */
    Object[] with(Object... more) {
        List<Object> all = new ArrayList<>(parameters);
        all.addAll(Arrays.asList(more));
        return all.toArray();
    }
}
