// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that ENVELOPE shows, raw (encoded words not decoded), unfolded (RFC 9051 §7.5.2). Sender and Reply-To are as in the message:
 * their defaulting to From is done where the envelope is written. ENVELOPE does not show the References field, but threads need it (RFC 5256 §3).
 *
 * @param references the References field, cut to {@value #MAX_REFERENCES} characters; only kept for a whole message, not for one within another
 */
public record Envelope(
        @Nullable String date,
        @Nullable String subject,
        List<Mailbox> from,
        List<Mailbox> sender,
        List<Mailbox> replyTo,
        List<Mailbox> to,
        List<Mailbox> cc,
        List<Mailbox> bcc,
        @Nullable String inReplyTo,
        @Nullable String messageId,
        @Nullable String references) {
    /** Characters of the References field that are kept; of a longer one the end, where the parent is. */
    public static final int MAX_REFERENCES = 16 * 1024;

    public Envelope {
        from = List.copyOf(from);
        sender = List.copyOf(sender);
        replyTo = List.copyOf(replyTo);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
    }

    /** An envelope of a message that refers to none. */
    public Envelope(
            @Nullable String date,
            @Nullable String subject,
            List<Mailbox> from,
            List<Mailbox> sender,
            List<Mailbox> replyTo,
            List<Mailbox> to,
            List<Mailbox> cc,
            List<Mailbox> bcc,
            @Nullable String inReplyTo,
            @Nullable String messageId) {
        this(date, subject, from, sender, replyTo, to, cc, bcc, inReplyTo, messageId, null);
    }

    /** The same with another References field. */
    public Envelope withReferences(@Nullable String field) {
        String kept = field == null || field.length() <= MAX_REFERENCES
                ? field
                : field.substring(field.length() - MAX_REFERENCES);
        return new Envelope(date, subject, from, sender, replyTo, to, cc, bcc, inReplyTo, messageId, kept);
    }
}
