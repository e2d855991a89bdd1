// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.EncodedWords;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.Mailbox;
import org.wildpost.ejb.webmail.Correspondent;
import org.wildpost.ejb.webmail.MessageParts;

/**
 * One line of a message list.
 *
 * @param people who wrote it, or, in folders of one's own letters, whom it went to; empty when nobody is named
 */
public record MessageLine(
        long uid,
        String people,
        String subject,
        String preview,
        Instant date,
        boolean unread,
        boolean starred,
        boolean answered,
        boolean forwarded,
        boolean attachments)
        implements Serializable {
    /**
     * @param own whether the folder holds what the owner wrote
     */
    static MessageLine of(FetchRow row, boolean own) {
        Flags flags = row.flags();
        return new MessageLine(
                row.uid(),
                row.envelope().map(envelope -> people(envelope, own)).orElse(""),
                row.envelope().map(MessageLine::subject).orElse(""),
                row.preview(),
                row.internalDate(),
                !flags.has(SystemFlag.SEEN),
                flags.has(SystemFlag.FLAGGED),
                flags.has(SystemFlag.ANSWERED),
                flags.has("$Forwarded"),
                row.structure()
                        .map(root -> !MessageParts.of(root).attachments().isEmpty())
                        .orElse(false));
    }

    static String subject(Envelope envelope) {
        String subject = envelope.subject();
        return subject == null ? "" : EncodedWords.decode(subject).strip();
    }

    static String people(Envelope envelope, boolean own) {
        List<Mailbox> shown = own ? envelope.to() : envelope.from();
        return Correspondent.of(shown).stream().map(Correspondent::shown).collect(Collectors.joining(", "));
    }
}
