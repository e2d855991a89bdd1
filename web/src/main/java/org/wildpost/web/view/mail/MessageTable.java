// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/**
 * The message list's model. The table counts in offsets and the store in UIDs, so the model remembers at which UID each page that was seen begins;
 * a page that was not is reached from the nearest one before it.
 */
final class MessageTable extends LazyDataModel<MessageLine> {
    private final MessagePages pages;
    private final TreeMap<Integer, Long> starts = new TreeMap<>();
    private List<MessageLine> shown = List.of();

    MessageTable(MessagePages pages) {
        this.pages = pages;
    }

    @Override
    public int count(Map<String, FilterMeta> filters) {
        return pages.count();
    }

    @Override
    public List<MessageLine> load(
            int first, int pageSize, Map<String, SortMeta> sort, Map<String, FilterMeta> filters) {
        if (first == 0) {
            starts.clear();
        }
        shown = pages.lines(start(first), pageSize);
        if (!shown.isEmpty()) {
            starts.put(first + shown.size(), shown.getLast().uid());
        }
        return shown;
    }

    @Override
    public String getRowKey(MessageLine line) {
        return String.valueOf(line.uid());
    }

    @Override
    public @Nullable MessageLine getRowData(String key) {
        return shown.stream()
                .filter(line -> getRowKey(line).equals(key))
                .findFirst()
                .orElse(null);
    }

    private long start(int offset) {
        Map.Entry<Integer, Long> known = starts.floorEntry(offset);
        int from = known == null ? 0 : known.getKey();
        long before = known == null ? Long.MAX_VALUE : known.getValue();
        if (from < offset) {
            long[] skipped = pages.uids(before, offset - from);
            if (skipped.length > 0) {
                before = skipped[skipped.length - 1];
                starts.put(from + skipped.length, before);
            }
        }
        return before;
    }
}
