// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import org.wildpost.adapter.imap.SelectParameters.Match;
import org.wildpost.core.listener.imap.Vanished;

/** Finds what a client that was away does not know to be gone (RFC 7162 §3.2.5, §3.2.6). For the session's thread. */
final class VanishedUids {
    private final ImapContext context;

    VanishedUids(ImapContext context) {
        this.context = context;
    }

    /**
     * Those of the UIDs that left the mailbox after a modification sequence. Where the tombstones of that time were given up, or the client knows a time
     * that never was, all of them count that are not there. What the client still counts is not among them: it is told of in its turn.
     */
    UidRanges since(long modSeq, UidRanges among) {
        MailboxView view = context.view();
        UidRanges possible = among.and(UidRanges.between(1, view.uidNext() - 1));
        long[] present = view.existing(SequenceSet.ALL, true);
        if (modSeq <= view.latestModSeq()) {
            Vanished vanished = context.ask(l -> l.vanished(view.ref(), modSeq));
            if (vanished.complete()) {
                return UidRanges.of(vanished.uids()).and(possible).without(present);
            }
        }
        return possible.without(present);
    }

    /**
     * UIDs from the first on that may be gone: below the pairs that still fit nothing can be missing (RFC 7162 §3.2.5.2). Only of use where tombstones are
     * missing, and never wrong.
     */
    static long firstDoubtful(MailboxView view, Match match) {
        long doubtful = 1;
        for (int i = 0; i < match.sequences().length; i++) {
            boolean fits =
                    match.sequences()[i] <= view.messages() && view.uid((int) match.sequences()[i]) == match.uids()[i];
            if (!fits) {
                return doubtful;
            }
            doubtful = match.uids()[i] + 1;
        }
        return doubtful;
    }
}
