// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.List;
import java.util.Set;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.sort.SortCriterion;

/**
 * What a search asks (RFC 9051 §6.4.4, RFC 5256 §3).
 *
 * @param order   how the answer is sorted; none stands for the order of the mailbox
 * @param details what is told beside the UIDs
 */
public record SearchQuery(SearchKey key, List<SortCriterion> order, Set<Detail> details) {
    /** What is told of each message that was found. */
    public enum Detail {
        /** RFC 7162 §3.1.5. */
        MODSEQ,
        /** RFC 6203 §4. */
        RELEVANCY
    }

    public SearchQuery {
        order = List.copyOf(order);
        details = Set.copyOf(details);
    }

    /** Messages in the order of the mailbox, and no more than their UIDs. */
    public static SearchQuery of(SearchKey key) {
        return new SearchQuery(key, List.of(), Set.of());
    }
}
