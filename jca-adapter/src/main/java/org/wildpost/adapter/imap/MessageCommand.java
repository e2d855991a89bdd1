// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.message.Flags;
import org.wildpost.core.sort.SortCriterion;
import org.wildpost.core.thread.ThreadAlgorithm;

/** Commands on the selected mailbox (RFC 9051 §6.4); {@code uid} says that their numbers are UIDs (RFC 9051 §6.4.9). */
sealed interface MessageCommand extends ImapCommand {
    record Check() implements MessageCommand {}

    record Close() implements MessageCommand {}

    record Unselect() implements MessageCommand {}

    /** @param uids only among these (RFC 4315 §2.1) */
    record Expunge(Optional<SequenceSet> uids) implements MessageCommand {}

    /**
     * SEARCH and SORT.
     *
     * @param order the criteria of SORT; none stands for SEARCH
     */
    record Search(boolean uid, ReturnOptions options, List<SortCriterion> order, SearchCriteria criteria)
            implements MessageCommand {
        public Search {
            order = List.copyOf(order);
        }
    }

    /** RFC 5256 §3. */
    record ThreadMessages(boolean uid, ThreadAlgorithm algorithm, SearchCriteria criteria) implements MessageCommand {}

    /** RFC 5267 §4.3.5. */
    record CancelUpdate(List<String> tags) implements MessageCommand {
        public CancelUpdate {
            tags = List.copyOf(tags);
        }
    }

    record Fetch(boolean uid, SequenceSet messages, List<FetchItem> items, FetchModifiers modifiers)
            implements MessageCommand {
        public Fetch {
            items = List.copyOf(items);
        }
    }

    /**
     * @param unchangedSince messages that changed after this modification sequence are left alone (RFC 7162 §3.1.3)
     */
    record Store(
            boolean uid,
            SequenceSet messages,
            OptionalLong unchangedSince,
            StoreRequest.Mode mode,
            boolean silent,
            Flags flags)
            implements MessageCommand {}

    record Copy(boolean uid, SequenceSet messages, MailboxName target) implements MessageCommand {}

    /** RFC 8508; the message is not yet read. */
    record Replace(boolean uid, SequenceSet replaced, MailboxName target, AppendPiece piece)
            implements MessageCommand {}

    /** RFC 6851. */
    record Move(boolean uid, SequenceSet messages, MailboxName target) implements MessageCommand {}
}
