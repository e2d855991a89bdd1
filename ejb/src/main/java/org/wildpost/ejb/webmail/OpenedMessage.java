// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.mime.EncodedWords;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.Mailbox;
import org.wildpost.core.mime.MimePart;

/**
 * A message opened for reading.
 *
 * @param folder   where it lies
 * @param row      its row
 * @param envelope who wrote to whom
 * @param root     its structure
 * @param parts    its leaves, sorted
 */
public record OpenedMessage(MailboxStatus folder, FetchRow row, Envelope envelope, MimePart root, MessageParts parts) {
    /** The decoded subject, empty when there is none. */
    public String subject() {
        return decoded(envelope.subject());
    }

    public List<Correspondent> from() {
        return Correspondent.of(envelope.from());
    }

    public List<Correspondent> to() {
        return Correspondent.of(envelope.to());
    }

    public List<Correspondent> cc() {
        return Correspondent.of(envelope.cc());
    }

    public List<Correspondent> bcc() {
        return Correspondent.of(envelope.bcc());
    }

    /** Whom an answer goes to: Reply-To, else From (RFC 5322 §3.6.2). */
    public List<Correspondent> replyTo() {
        List<Mailbox> asked = envelope.replyTo();
        return Correspondent.of(asked.isEmpty() ? envelope.from() : asked);
    }

    private static String decoded(@Nullable String raw) {
        return raw == null ? "" : EncodedWords.decode(raw).strip();
    }
}
