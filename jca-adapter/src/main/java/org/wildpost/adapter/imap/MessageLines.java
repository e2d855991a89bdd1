// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.listener.imap.MailboxSnapshot;

/**
 * The lines about messages of the selected mailbox, in the way that the client asked for: by sequence numbers, or by UIDs alone (RFC 9586), with
 * MODSEQ once it looks at them and VANISHED in the place of EXPUNGE (RFC 7162). For one thread at a time.
 */
final class MessageLines {
    private final ImapWriter out;
    private final Set<Extension> enabled;

    /** @param enabled what the client has enabled, as it is at any moment */
    MessageLines(ImapWriter out, Set<Extension> enabled) {
        this.out = out;
        this.enabled = enabled;
    }

    /** Whether FETCH lines that tell of a change have the MODSEQ (RFC 7162 §3.1.1, §3.2.4). */
    boolean tellsModSeqs() {
        return enabled.contains(Extension.CONDSTORE) || enabled.contains(Extension.QRESYNC);
    }

    /** Whether sequence numbers are not used (RFC 9586 §3). */
    boolean uidsOnly() {
        return enabled.contains(Extension.UIDONLY);
    }

    /** Begins the line about a message (RFC 9051 §7.5.2, RFC 9586 §3.3); {@link ImapWriter#endLine} after a closing parenthesis ends it. */
    ImapWriter begin(MailboxView view, long uid) throws IOException {
        return uidsOnly()
                ? out.text("* ").number(uid).text(" UIDFETCH (")
                : out.text("* ").number(view.sequence(uid)).text(" FETCH (");
    }

    /** A message's flags, where the client did not ask for them. */
    void changed(MailboxView view, long uid) throws IOException {
        begin(view, uid);
        if (!uidsOnly()) {
            out.text("UID ").number(uid).text(" ");
        }
        out.text("FLAGS ").flags(view.flags(uid), view.isRecent(uid));
        if (tellsModSeqs()) {
            out.text(" ").modSeq(view.modSeq(uid));
        }
        out.text(")").endLine();
    }

    /** Messages that are gone; the numbers of those behind move up with each line (RFC 9051 §7.5.1, RFC 7162 §3.2.10.2). */
    void gone(MailboxSnapshot before, int[] indexes) throws IOException {
        if (uidsOnly() || enabled.contains(Extension.QRESYNC)) {
            long[] uids = Arrays.stream(indexes).mapToLong(before::uid).toArray();
            for (String set : UidRanges.of(uids).lines()) {
                out.untagged("VANISHED " + set);
            }
            return;
        }
        for (int i = 0; i < indexes.length; i++) {
            out.text("* ").number(indexes[i] - i + 1L).text(" EXPUNGE").endLine();
        }
    }

    /** Messages that were gone before; no number moves (RFC 7162 §3.2.10.1). */
    void goneEarlier(UidRanges uids) throws IOException {
        for (String set : uids.lines()) {
            out.untagged("VANISHED (EARLIER) " + set);
        }
    }

    /** How many messages there are (RFC 9051 §7.4.1, RFC 3501 §7.3.2). */
    void count(int messages, int recent) throws IOException {
        out.untagged(messages + " EXISTS");
        if (!enabled.contains(Extension.IMAP4REV2)) {
            out.untagged(recent + " RECENT");
        }
    }

    /** The flags that can occur (RFC 9051 §7.3.5). */
    void flags(MailboxView view) throws IOException {
        out.text("* FLAGS ").list(FlagText.all(view.knownKeywords())).endLine();
    }

    /** The flags that the client can change (RFC 9051 §7.1). */
    void permanentFlags(MailboxView view) throws IOException {
        Rights rights = view.readOnly() ? Rights.NONE : view.rights();
        out.text("* OK [PERMANENTFLAGS (")
                .text(String.join(" ", FlagText.permanent(view.knownKeywords(), rights)))
                .text(
                        view.readOnly()
                                ? ")] read-only"
                                : rights.has(Right.WRITE) ? ")] keywords can be made" : ")] no others")
                .endLine();
    }

    /**
     * New flags. To clients of IMAP4rev1 those that FLAGS names and PERMANENTFLAGS does not are none that stay (RFC 3501 §7.1); those of IMAP4rev2 know
     * better once they were told that keywords can be made (RFC 9051 appendix E).
     */
    void newFlags(MailboxView view) throws IOException {
        flags(view);
        if (!enabled.contains(Extension.IMAP4REV2)
                && !view.readOnly()
                && view.rights().has(Right.WRITE)) {
            permanentFlags(view);
        }
    }
}
