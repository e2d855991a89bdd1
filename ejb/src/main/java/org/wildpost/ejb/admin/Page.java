// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param page     its number, from 1
 * @param lastPage the number of the last page, at least 1
 * @param total    how many there are on all pages
 */
public record Page<T>(List<T> results, int page, int lastPage, long total) {
    /** Results of a page that asks for no size. */
    public static final int DEFAULT_SIZE = 50;

    /** The most results that a page may ask for. */
    public static final int MAX_SIZE = 500;

    public Page {
        results = List.copyOf(results);
    }

    /** Where a query reads: sizes and numbers out of range are brought into it. */
    public record Window(int page, int size) {
        public Window {
            page = Math.max(page, 1);
            size = size < 1 ? DEFAULT_SIZE : Math.min(size, MAX_SIZE);
        }

        /** Results that come before it. */
        public int offset() {
            return (int) Math.min((page - 1L) * size, Integer.MAX_VALUE);
        }

        /** The page of what was read. */
        public <E, T> Page<T> of(List<E> rows, long total, Function<E, T> view) {
            int last = Math.clamp((total + size - 1) / size, 1, Integer.MAX_VALUE);
            return new Page<>(rows.stream().map(view).toList(), page, last, total);
        }
    }
}
