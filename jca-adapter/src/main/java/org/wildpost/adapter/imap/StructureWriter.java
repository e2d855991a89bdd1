// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.Mailbox;
import org.wildpost.core.mime.MimePart;

/** ENVELOPE, BODY and BODYSTRUCTURE (RFC 9051 §7.5.2, §9 body). */
final class StructureWriter {
    private final ImapWriter out;

    StructureWriter(ImapWriter out) {
        this.out = out;
    }

    /** env-date, env-subject, env-from and so on; Sender and Reply-To default to From. */
    void envelope(Envelope envelope) throws IOException {
        out.text("(").string(envelope.date()).text(" ").string(envelope.subject());
        addresses(envelope.from());
        addresses(envelope.sender().isEmpty() ? envelope.from() : envelope.sender());
        addresses(envelope.replyTo().isEmpty() ? envelope.from() : envelope.replyTo());
        addresses(envelope.to());
        addresses(envelope.cc());
        addresses(envelope.bcc());
        out.text(" ").string(envelope.inReplyTo()).text(" ").string(envelope.messageId());
        out.text(")");
    }

    /** The source route is never there any more. */
    private void addresses(List<Mailbox> addresses) throws IOException {
        if (addresses.isEmpty()) {
            out.text(" NIL");
            return;
        }
        out.text(" (");
        for (Mailbox address : addresses) {
            out.text("(").string(address.name()).text(" NIL ");
            out.string(address.mailbox()).text(" ").string(address.host()).text(")");
        }
        out.text(")");
    }

    /**
     * @param extended whether the extension data follows (BODYSTRUCTURE)
     */
    void structure(MimePart part, boolean extended) throws IOException {
        if (part.isMultipart()) {
            multipart(part, extended);
        } else {
            single(part, extended);
        }
    }

    private void multipart(MimePart part, boolean extended) throws IOException {
        out.text("(");
        if (part.children().isEmpty()) {
            // The grammar wants one part at least.
            nothing();
        }
        for (MimePart child : part.children()) {
            structure(child, extended);
        }
        out.text(" ").string(part.subtype());
        if (extended) {
            out.text(" ");
            parameters(part.parameters());
            common(part);
        }
        out.text(")");
    }

    private void single(MimePart part, boolean extended) throws IOException {
        out.text("(").string(part.type()).text(" ").string(part.subtype()).text(" ");
        parameters(part.parameters());
        out.text(" ").string(part.contentId()).text(" ").string(part.description());
        out.text(" ").string(part.transferEncoding()).text(" " + part.bodyLength());
        boolean claimsMessage = part.type().equals("message") && part.subtype().equals("rfc822");
        if (part.isMessage() || claimsMessage) {
            message(part, extended);
        } else if (part.type().equals("text")) {
            out.text(" " + part.bodyLines());
        }
        if (extended) {
            out.text(" ").string(part.md5());
            common(part);
        }
        out.text(")");
    }

    private void message(MimePart part, boolean extended) throws IOException {
        out.text(" ");
        Envelope envelope = part.envelope();
        if (envelope == null || part.children().isEmpty()) {
            out.text("(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ");
            nothing();
        } else {
            envelope(envelope);
            out.text(" ");
            structure(part.children().getFirst(), extended);
        }
        out.text(" " + part.bodyLines());
    }

    private void nothing() throws IOException {
        out.text("(\"text\" \"plain\" NIL NIL NIL \"7bit\" 0 0)");
    }

    /** body-fld-dsp, body-fld-lang, body-fld-loc. */
    private void common(MimePart part) throws IOException {
        MimePart.Disposition disposition = part.disposition();
        if (disposition == null) {
            out.text(" NIL ");
        } else {
            out.text(" (").string(disposition.type()).text(" ");
            parameters(disposition.parameters());
            out.text(") ");
        }
        languages(part.languages());
        out.text(" ").string(part.location());
    }

    private void languages(List<String> languages) throws IOException {
        if (languages.isEmpty()) {
            out.string(null);
        } else if (languages.size() == 1) {
            out.string(languages.getFirst());
        } else {
            out.text("(");
            for (int i = 0; i < languages.size(); i++) {
                out.text(i == 0 ? "" : " ").string(languages.get(i));
            }
            out.text(")");
        }
    }

    private void parameters(Map<String, String> parameters) throws IOException {
        if (parameters.isEmpty()) {
            out.string(null);
            return;
        }
        String before = "(";
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            out.text(before);
            parameter(parameter.getKey(), parameter.getValue());
            before = " ";
        }
        out.text(")");
    }

    /** A value outside of ASCII goes in the form of RFC 2231 §4, which clients read, for the index keeps it decoded. */
    private void parameter(String name, @Nullable String value) throws IOException {
        boolean ascii = value == null || value.chars().allMatch(c -> c < 0x80);
        if (ascii) {
            out.string(name).text(" ").string(value == null ? "" : value);
        } else {
            String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace("*", "%2A");
            out.string(name + "*").text(" ").string("UTF-8''" + encoded);
        }
    }
}
