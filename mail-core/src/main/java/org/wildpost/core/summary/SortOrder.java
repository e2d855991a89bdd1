// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.summary;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.wildpost.core.sort.SortCriterion;

/** Sorts messages (RFC 5256 §3 SORT, RFC 5957, RFC 6203 §6). Texts are compared as RFC 5051 says, an absent one is empty. Stateless. */
public final class SortOrder {
    private SortOrder() {}

    /**
     * The indexes of messages in their order; equal ones keep theirs.
     *
     * @param rows      ascending by UID
     * @param relevance the scores of a fuzzy search at the same index; may be empty when no criterion asks for them
     */
    public static int[] of(List<SortCriterion> criteria, List<SummaryRow> rows, int[] relevance) {
        Integer[] indexes = new Integer[rows.size()];
        Arrays.setAll(indexes, i -> i);
        Comparator<Integer> order = null;
        for (SortCriterion criterion : criteria) {
            Comparator<Integer> next = comparator(criterion, rows, relevance);
            Comparator<Integer> directed = criterion.reverse() ? next.reversed() : next;
            order = order == null ? directed : order.thenComparing(directed);
        }
        if (order != null) {
            Arrays.sort(indexes, order);
        }
        return Arrays.stream(indexes).mapToInt(Integer::intValue).toArray();
    }

    private static Comparator<Integer> comparator(SortCriterion criterion, List<SummaryRow> rows, int[] relevance) {
        return switch (criterion.key()) {
            case ARRIVAL -> byNumber(rows, MessageSummary::arrived);
            case DATE -> byNumber(rows, MessageSummary::sent);
            case SIZE -> byNumber(rows, MessageSummary::size);
            case RELEVANCY -> (a, b) -> Integer.compare(relevance[b], relevance[a]);
            case SUBJECT -> byText(rows, SummaryText.BASE_SUBJECT);
            case FROM -> byText(rows, SummaryText.FROM_LOCAL);
            case TO -> byText(rows, SummaryText.TO_LOCAL);
            case CC -> byText(rows, SummaryText.CC_LOCAL);
            case DISPLAYFROM -> byText(rows, SummaryText.FROM_NAME);
            case DISPLAYTO -> byText(rows, SummaryText.TO_NAME);
        };
    }

    private static Comparator<Integer> byNumber(List<SummaryRow> rows, ToLongFunction<MessageSummary> number) {
        long[] keys = rows.stream()
                .mapToLong(row -> number.applyAsLong(row.summary()))
                .toArray();
        return (a, b) -> Long.compare(keys[a], keys[b]);
    }

    private static Comparator<Integer> byText(List<SummaryRow> rows, SummaryText text) {
        byte[][] keys = rows.stream().map(row -> row.summary().key(text)).toArray(byte[][]::new);
        return (a, b) -> Arrays.compareUnsigned(keys[a], keys[b]);
    }
}
