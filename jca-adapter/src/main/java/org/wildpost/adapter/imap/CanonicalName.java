// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.Optional;
import org.wildpost.core.listener.imap.MailboxName;

/** Tells an IMAP4rev2 client how a mailbox is named: {@code INBOX} in capitals, Unicode in its composed form (RFC 9051 §5.1, §7.3.1 OLDNAME). */
final class CanonicalName {
    private CanonicalName() {}

    /** The LIST response of SELECT and EXAMINE, which older clients do not know (RFC 9051 §6.3.2). */
    static void selected(ImapContext context, MailboxName name, Optional<String> otherName) throws IOException {
        if (context.enabled(Extension.IMAP4REV2)) {
            list(context.writer(), "", name, otherName);
        }
    }

    /**
     * What CREATE and RENAME made, when the client called it otherwise (RFC 9051 §6.3.4, §6.3.6).
     *
     * @param otherName of RENAME what the client called the mailbox before
     */
    static void made(ImapContext context, MailboxName name, Optional<String> otherName) throws IOException {
        if (otherName.isPresent()) {
            selected(context, name, otherName);
        }
    }

    /** What DELETE removed, when the client called it otherwise (RFC 9051 §6.3.5). */
    static void deleted(ImapContext context, MailboxName name, Optional<String> otherName) throws IOException {
        if (otherName.isPresent() && context.enabled(Extension.IMAP4REV2)) {
            list(context.writer(), "\\NonExistent", name, otherName);
        }
    }

    private static void list(ImapWriter out, String attribute, MailboxName name, Optional<String> otherName)
            throws IOException {
        out.text("* LIST (" + attribute + ") \"" + MailboxName.SEPARATOR + "\" ")
                .mailbox(name);
        if (otherName.isPresent()) {
            out.text(" (\"OLDNAME\" (").mailbox(otherName.get()).text("))");
        }
        out.endLine();
    }
}
