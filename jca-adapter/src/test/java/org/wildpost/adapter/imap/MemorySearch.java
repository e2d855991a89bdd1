// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Arrays;
import java.util.List;
import org.wildpost.core.listener.imap.Found;
import org.wildpost.core.listener.imap.SearchQuery;
import org.wildpost.core.search.IdentityKeys;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.search.SearchMatcher;
import org.wildpost.core.search.WordRanking;
import org.wildpost.core.summary.SortOrder;
import org.wildpost.core.summary.SummaryRow;
import org.wildpost.core.thread.ThreadAlgorithm;
import org.wildpost.core.thread.ThreadForest;
import org.wildpost.core.thread.Threads;

/** SEARCH, SORT and THREAD over messages in memory, each looked at. */
final class MemorySearch {
    private MemorySearch() {}

    private static long[] identified(List<MemoryMessage> messages, SearchKey key) {
        return messages.stream()
                .filter(message -> message.is(key))
                .mapToLong(MemoryMessage::uid)
                .toArray();
    }

    private static List<SummaryRow> matching(List<MemoryMessage> messages, SearchKey asked) {
        SearchKey key = IdentityKeys.answered(asked, identity -> identified(messages, identity));
        SearchMatcher matcher = SearchMatcher.of(key);
        return messages.stream()
                .filter(message -> matcher.matches(message.summary(), message))
                .map(MemoryMessage::summary)
                .toList();
    }

    static Found search(List<MemoryMessage> messages, SearchQuery query) {
        List<SummaryRow> rows = matching(messages, query.key());
        WordRanking ranking = new WordRanking(query.key());
        int[] scores = rows.stream().mapToInt(ranking::score).toArray();
        int[] order = SortOrder.of(query.order(), rows, scores);
        boolean modSeqs = query.details().contains(SearchQuery.Detail.MODSEQ);
        boolean ranked = query.details().contains(SearchQuery.Detail.RELEVANCY);
        return new Found(
                Arrays.stream(order).mapToLong(i -> rows.get(i).uid()).toArray(),
                Arrays.stream(modSeqs ? order : new int[0])
                        .mapToLong(i -> rows.get(i).modSeq())
                        .toArray(),
                Arrays.stream(ranked ? order : new int[0]).map(i -> scores[i]).toArray());
    }

    static ThreadForest thread(List<MemoryMessage> messages, ThreadAlgorithm algorithm, SearchKey key) {
        return Threads.of(
                algorithm,
                matching(messages, key).stream()
                        .map(row -> row.summary().threaded(row.uid()))
                        .toList());
    }
}
