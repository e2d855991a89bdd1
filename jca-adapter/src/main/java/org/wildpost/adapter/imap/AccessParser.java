// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Optional;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.listener.imap.MailboxName;

/** The arguments of commands about rights: one method per rule of RFC 4314 §7. */
final class AccessParser {
    private final Cursor in;

    AccessParser(Cursor in) {
        this.in = in;
    }

    /** setacl = "SETACL" SP mailbox SP identifier SP mod-rights. */
    AccessCommand setAcl() throws ImapParseException {
        MailboxName mailbox = in.mailbox();
        in.space();
        Identifier identifier = identifier(in.position(), in.astring());
        in.space();
        int start = in.position();
        Optional<RightsChange> change = RightsChange.parse(in.astring());
        return new AccessCommand.SetAcl(
                mailbox,
                identifier,
                change.orElseThrow(() -> new ImapParseException(
                        "only the rights lrswipkxtea, c and d are known", start, ImapParseException.Kind.SYNTAX)));
    }

    /** deleteacl = "DELETEACL" SP mailbox SP identifier. */
    AccessCommand deleteAcl() throws ImapParseException {
        MailboxName mailbox = in.mailbox();
        in.space();
        return new AccessCommand.DeleteAcl(mailbox, identifier(in.position(), in.astring()));
    }

    /** listrights = "LISTRIGHTS" SP mailbox SP identifier. */
    AccessCommand listRights() throws ImapParseException {
        MailboxName mailbox = in.mailbox();
        in.space();
        int start = in.position();
        String written = in.astring();
        return new AccessCommand.ListRights(mailbox, identifier(start, written), Cursor.utf8(written));
    }

    /** identifier = astring, in UTF-8 (RFC 4314 §3). */
    private static Identifier identifier(int start, String written) throws ImapParseException {
        return Cursor.strictUtf8(written)
                .flatMap(Identifier::parse)
                .orElseThrow(() -> new ImapParseException(
                        "this can be nobody's identifier", start, ImapParseException.Kind.SYNTAX));
    }
}
