// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.OpenResult;

/** The messages that are {@code \Recent} in one session (RFC 3501 §2.3.2). For one thread. */
final class RecentMessages {
    private final RecentMarks marks;
    private final MailboxId mailbox;

    /** A session that only reads sees what is recent to all, and takes nothing. */
    private final boolean takes;

    /** Ranges of UIDs, ascending, the last with both its ends. */
    private final List<Range> ranges = new ArrayList<>();

    private record Range(long first, long last) {}

    RecentMessages(RecentMarks marks, OpenResult.Opened opened, boolean takes) {
        this.marks = marks;
        this.mailbox = opened.status().id();
        this.takes = takes;
        long last = opened.snapshot().uidNext() - 1;
        long first = opened.firstRecent();
        add(takes ? marks.claim(mailbox, first, last) : Math.max(first, marks.told(mailbox) + 1), last);
    }

    /** Nothing is recent to who looks at another's mailbox: that mark is the owner's. */
    static RecentMessages of(RecentMarks marks, OpenResult.Opened opened, boolean takes) {
        return opened.ref().own()
                ? new RecentMessages(marks, opened, takes)
                : new RecentMessages(opened.status().id());
    }

    /** None, for who knows no such flag. */
    RecentMessages(MailboxId mailbox) {
        this.marks = new RecentMarks();
        this.mailbox = mailbox;
        this.takes = false;
    }

    private void add(long first, long last) {
        if (first <= last) {
            ranges.add(new Range(first, last));
        }
    }

    /** The session is told of messages that came. */
    void came(long first, long last) {
        if (takes && first <= last) {
            add(marks.claim(mailbox, first, last), last);
        }
    }

    boolean has(long uid) {
        for (int i = ranges.size() - 1; i >= 0; i--) {
            Range range = ranges.get(i);
            if (uid >= range.first) {
                return uid <= range.last;
            }
        }
        return false;
    }

    int count(MailboxSnapshot messages) {
        int count = 0;
        for (Range range : ranges) {
            count += messages.firstNotBelow(range.last + 1) - messages.firstNotBelow(range.first);
        }
        return count;
    }

    /** UIDs, ascending. */
    long[] of(MailboxSnapshot messages) {
        return ranges.stream()
                .flatMapToLong(range ->
                        LongStream.range(messages.firstNotBelow(range.first), messages.firstNotBelow(range.last + 1)))
                .map(index -> messages.uid((int) index))
                .toArray();
    }
}
