// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.summary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.collation.UnicodeCasemap;
import org.wildpost.core.mime.EncodedWords;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.Mailbox;
import org.wildpost.core.sort.BaseSubject;

/**
 * The texts of an envelope as they are compared.
 *
 * @param packed  the texts in the order of {@link SummaryText}; a base subject that is the subject is left out
 * @param isReply whether the subject is that of an answer or a forwarding
 */
record SummaryTexts(byte[] packed, boolean isReply) {
    static SummaryTexts of(Envelope envelope) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(160);
        String subject = envelope.subject() == null ? null : EncodedWords.decode(envelope.subject());
        BaseSubject base = BaseSubject.of(subject == null ? "" : subject);
        write(out, base.text().equals(subject == null ? "" : subject) ? null : base.text());
        write(out, subject);
        write(out, addresses(envelope.from()));
        write(out, addresses(envelope.to()));
        write(out, addresses(envelope.cc()));
        write(out, addresses(envelope.bcc()));
        write(out, local(envelope.from()));
        write(out, local(envelope.to()));
        write(out, local(envelope.cc()));
        write(out, name(envelope.from()));
        write(out, name(envelope.to()));
        return new SummaryTexts(out.toByteArray(), base.isReply());
    }

    private static void write(ByteArrayOutputStream out, @Nullable String text) {
        Octets.write(out, text == null ? null : UnicodeCasemap.map(text).getBytes(StandardCharsets.UTF_8));
    }

    /** The addresses in a row, as a person would write them; null when there is none. */
    private static @Nullable String addresses(List<Mailbox> list) {
        if (list.isEmpty()) {
            return null;
        }
        StringBuilder out = new StringBuilder();
        boolean first = true;
        for (Mailbox mailbox : list) {
            if (mailbox.mailbox() == null) {
                out.append(';');
                continue;
            }
            if (!first) {
                out.append(", ");
            }
            first = mailbox.host() == null;
            out.append(mailbox.host() == null ? decoded(mailbox.mailbox()) + ": " : address(mailbox));
        }
        return out.toString();
    }

    private static String address(Mailbox mailbox) {
        String name = decoded(mailbox.name());
        return name.isEmpty() ? plain(mailbox) : name + " <" + plain(mailbox) + ">";
    }

    private static String plain(Mailbox mailbox) {
        boolean noHost = mailbox.host() == null || mailbox.host().isEmpty();
        return noHost ? String.valueOf(mailbox.mailbox()) : mailbox.mailbox() + "@" + mailbox.host();
    }

    private static String decoded(@Nullable String text) {
        return text == null ? "" : EncodedWords.decode(text);
    }

    /** addr-mailbox of the first address; of a group its name (RFC 5256 §3). */
    private static @Nullable String local(List<Mailbox> list) {
        return list.isEmpty() ? null : list.getFirst().mailbox();
    }

    /** The sort value of the first address (RFC 5957 §3). */
    private static @Nullable String name(List<Mailbox> list) {
        if (list.isEmpty()) {
            return null;
        }
        Mailbox first = list.getFirst();
        String name = decoded(first.name());
        return name.isEmpty() ? first.mailbox() == null ? null : plain(first) : name;
    }
}
