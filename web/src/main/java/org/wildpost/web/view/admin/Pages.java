// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.admin;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;
import org.wildpost.ejb.admin.Page;

/** The model of a table over what administration lists page by page. */
public final class Pages<T> extends LazyDataModel<T> {
    /** Asks for a page. */
    @FunctionalInterface
    public interface Source<T> {
        /**
         * @param page from 1
         * @param size rows of a page
         */
        Page<T> page(int page, int size);
    }

    private final transient Source<T> source;
    private final transient Function<T, String> key;
    private List<T> shown = List.of();

    /**
     * @param key what tells rows apart
     */
    public Pages(Source<T> source, Function<T, String> key) {
        this.source = source;
        this.key = key;
    }

    @Override
    public int count(Map<String, FilterMeta> filters) {
        return (int) Math.min(source.page(1, 1).total(), Integer.MAX_VALUE);
    }

    @Override
    public List<T> load(int first, int pageSize, Map<String, SortMeta> sort, Map<String, FilterMeta> filters) {
        shown = source.page(first / pageSize + 1, pageSize).results();
        return shown;
    }

    @Override
    public String getRowKey(T row) {
        return key.apply(row);
    }

    @Override
    public @Nullable T getRowData(String rowKey) {
        return shown.stream()
                .filter(row -> key.apply(row).equals(rowKey))
                .findFirst()
                .orElse(null);
    }
}
