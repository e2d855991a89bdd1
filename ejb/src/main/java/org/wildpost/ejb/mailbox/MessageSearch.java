// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Found;
import org.wildpost.core.listener.imap.SearchQuery;
import org.wildpost.core.search.IdentityKeys;
import org.wildpost.core.search.Ranking;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.search.SearchMatcher;
import org.wildpost.core.search.Verdict;
import org.wildpost.core.search.WordRanking;
import org.wildpost.core.sort.SortCriterion;
import org.wildpost.core.sort.SortKey;
import org.wildpost.core.summary.SortOrder;
import org.wildpost.core.summary.SummaryRow;
import org.wildpost.core.thread.ThreadAlgorithm;
import org.wildpost.core.thread.ThreadForest;
import org.wildpost.core.thread.ThreadInput;
import org.wildpost.core.thread.Threads;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.message.SearchFilter;
import org.wildpost.persistence.message.SummaryReads;

/**
 * SEARCH, SORT and THREAD (RFC 9051 §6.4.4, RFC 5256 §3): what rows alone say is answered by the database, what the envelope says by the summaries;
 * only what is left is looked at, without a transaction.
 */
@Dependent
final class MessageSearch {
    private final Database database;
    private final TextIndex texts;
    private final MailboxSummaries summaries;
    private final OctetSearch octets;

    @Inject
    MessageSearch(Database database, TextIndex texts, MailboxSummaries summaries) {
        this.database = database;
        this.texts = texts;
        this.summaries = summaries;
        this.octets = new OctetSearch(database);
    }

    Found search(MailboxRef mailbox, SearchQuery query) {
        boolean ranked = query.details().contains(SearchQuery.Detail.RELEVANCY) || sortsByRelevancy(query.order());
        SearchKey key = texts.answered(mailbox, query.key());
        SearchFilter filter = SearchFilter.of(key);
        if (filter.exact() && query.order().isEmpty() && !ranked && !summaries.has(mailbox)) {
            long[][] found = inRows(mailbox, filter);
            return new Found(found[0], modSeqs(query, found[1]), new int[0]);
        }
        Matching matching = matching(mailbox, key);
        List<SummaryRow> rows = matching.rows();
        // The key as it was asked: what the index of words answered has no words any more.
        Ranking ranking = new WordRanking(query.key());
        int[] scores = ranked ? rows.stream().mapToInt(ranking::score).toArray() : new int[0];
        int[] order = ranked || query.order().isEmpty()
                ? SortOrder.of(query.order(), rows, scores)
                : matching.orders().sorted(query.order(), () -> SortOrder.of(query.order(), rows, scores));
        summaries.makeRoom();
        return told(query, rows, order, scores);
    }

    private static boolean sortsByRelevancy(List<SortCriterion> order) {
        return order.stream().anyMatch(criterion -> criterion.key() == SortKey.RELEVANCY);
    }

    private static Found told(SearchQuery query, List<SummaryRow> rows, int[] order, int[] scores) {
        long[] uids = new long[order.length];
        long[] modSeqs = new long[order.length];
        int[] sorted = new int[scores.length];
        for (int i = 0; i < order.length; i++) {
            SummaryRow row = rows.get(order[i]);
            uids[i] = row.uid();
            modSeqs[i] = row.modSeq();
            if (scores.length > 0) {
                sorted[i] = scores[order[i]];
            }
        }
        return new Found(uids, modSeqs(query, modSeqs), sorted);
    }

    private static long[] modSeqs(SearchQuery query, long[] modSeqs) {
        return query.details().contains(SearchQuery.Detail.MODSEQ) ? modSeqs : new long[0];
    }

    ThreadForest thread(MailboxRef mailbox, ThreadAlgorithm algorithm, SearchKey key) {
        Matching matching = matching(mailbox, texts.answered(mailbox, key));
        ThreadForest forest = matching.orders().threads(algorithm, () -> threads(mailbox, algorithm, matching.rows()));
        summaries.makeRoom();
        return forest;
    }

    private ThreadForest threads(MailboxRef mailbox, ThreadAlgorithm algorithm, List<SummaryRow> matching) {
        List<SummaryRow> rows = algorithm == ThreadAlgorithm.REFERENCES
                ? octets.referring(mailbox, matching, known -> summaries.learn(mailbox, known))
                : matching;
        List<ThreadInput> messages = new ArrayList<>(rows.size());
        rows.forEach(row -> messages.add(row.summary().threaded(row.uid())));
        return Threads.of(algorithm, messages);
    }

    /**
     * Messages that match, ascending by UID.
     *
     * @param orders what is known of them together: something only when these are all messages
     */
    private record Matching(List<SummaryRow> rows, MailboxOrders orders) {}

    private long[][] inRows(MailboxRef mailbox, SearchFilter filter) {
        return database.statement(connection -> new SummaryReads(connection).search(mailbox, filter));
    }

    private Matching matching(MailboxRef mailbox, SearchKey asked) {
        SearchKey key = IdentityKeys.answered(asked, identity -> inRows(mailbox, SearchFilter.of(identity))[0]);
        SearchMatcher matcher = SearchMatcher.of(key);
        List<SummaryRow> candidates = new ArrayList<>();
        List<SummaryRow> unread = new ArrayList<>();
        AtomicInteger others = new AtomicInteger();
        MailboxOrders orders = summaries.each(mailbox, row -> {
            Verdict verdict = matcher.weigh(row);
            if (verdict == Verdict.NO) {
                others.incrementAndGet();
            } else {
                candidates.add(row);
            }
            if (verdict == Verdict.UNREAD) {
                unread.add(row);
            }
        });
        if (!unread.isEmpty()) {
            Set<Long> failed = octets.failing(mailbox, key, matcher, unread);
            candidates.removeIf(row -> failed.contains(row.uid()));
            others.addAndGet(failed.size());
        }
        return new Matching(candidates, others.get() == 0 ? orders : new MailboxOrders());
    }
}
