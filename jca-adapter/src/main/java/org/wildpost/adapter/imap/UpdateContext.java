// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.List;
import java.util.Optional;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.sort.SortCriterion;
import org.wildpost.core.sort.SortKey;

/**
 * A search whose result a client keeps up to date (RFC 5267 §4.3). For one thread at a time.
 */
final class UpdateContext {
    private final String tag;
    private final Optional<MailboxStatus> mailbox;
    private final boolean uid;
    private final SearchTerm term;
    private final List<SortCriterion> order;
    private final List<FetchItem> items;
    private long[] results;
    private MailboxSnapshot seen;
    private long evaluatedAt = System.nanoTime();

    /**
     * @param mailbox what each response names beside the tag, for who searches several mailboxes (RFC 7377 §2.1)
     * @param uid     whether the client counts in UIDs
     * @param term    what is looked for; its sequence numbers are already UIDs, for they mean what they meant when the command came
     * @param order   none stands for the order of the mailbox
     * @param results UIDs of what was found
     * @param seen    the state of the mailbox that they are about, or an earlier one
     * @param items   what is told of each new message that is found
     */
    UpdateContext(
            String tag,
            Optional<MailboxStatus> mailbox,
            boolean uid,
            SearchTerm term,
            List<SortCriterion> order,
            long[] results,
            MailboxSnapshot seen,
            List<FetchItem> items) {
        this.tag = tag;
        this.mailbox = mailbox;
        this.uid = uid;
        this.term = term;
        this.order = order;
        this.results = results.clone();
        this.seen = seen;
        this.items = List.copyOf(items);
    }

    /** What is told of each new message that comes to the results (RFC 5465 §7). */
    List<FetchItem> items() {
        return items;
    }

    String tag() {
        return tag;
    }

    Optional<MailboxStatus> mailbox() {
        return mailbox;
    }

    boolean uid() {
        return uid;
    }

    SearchTerm term() {
        return term;
    }

    List<SortCriterion> order() {
        return order;
    }

    /** Whether the client keeps the order itself, so that positions need not be told (RFC 5267 §4.3.3). */
    boolean isUnsorted() {
        return order.isEmpty();
    }

    /** Whether other messages may change the place of one: such an order is not kept up to date. */
    boolean isRanked() {
        return order.stream().anyMatch(criterion -> criterion.key() == SortKey.RELEVANCY);
    }

    /** UIDs as the client has them. */
    long[] results() {
        return results;
    }

    MailboxSnapshot seen() {
        return seen;
    }

    /** When the results were last looked at as a whole, by {@link System#nanoTime()}. */
    long evaluatedAt() {
        return evaluatedAt;
    }

    /** The client is being told of these results. */
    void told(long[] now) {
        results = now;
    }

    /** The results are those of this state. */
    void evaluated(MailboxSnapshot state) {
        seen = state;
        evaluatedAt = System.nanoTime();
    }
}
