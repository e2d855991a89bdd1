// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that ENVELOPE shows, raw (encoded words not decoded), unfolded (RFC 9051 §7.5.2). Sender and Reply-To are as in the message:
 * their defaulting to From is done where the envelope is written.
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
        @Nullable String messageId) {
    public Envelope {
        from = List.copyOf(from);
        sender = List.copyOf(sender);
        replyTo = List.copyOf(replyTo);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
    }
}
