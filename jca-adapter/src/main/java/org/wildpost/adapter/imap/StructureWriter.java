// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.wildpost.core.mime.DowngradedHeader;
import org.wildpost.core.mime.EncodedText;
import org.wildpost.core.mime.Mailbox;
import org.wildpost.core.mime.MimeCursor;

/**
 * ENVELOPE, BODY and BODYSTRUCTURE (RFC 9051 §7.5.2, §9 body), from what the store keeps straight to the client: thousands of them are asked for at once, and
 * objects for each would cost more than all the rest.
 */
final class StructureWriter {
    private static final byte[] MULTIPART = "multipart".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RFC822 = "rfc822".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TEXT = "text".getBytes(StandardCharsets.US_ASCII);

    /** Texts of an address as the store has it: name, mailbox, host. */
    private static final int ADDRESS_PARTS = 3;

    private final ImapWriter out;

    StructureWriter(ImapWriter out) {
        this.out = out;
    }

    /** env-date, env-subject, env-from and so on; Sender and Reply-To default to From. */
    void envelope(MimeCursor in) throws IOException {
        out.text("(");
        string(in);
        out.text(" ");
        string(in);
        int from = in.position();
        addresses(in);
        addressesOr(in, from);
        addressesOr(in, from);
        addresses(in);
        addresses(in);
        addresses(in);
        out.text(" ");
        string(in);
        out.text(" ");
        string(in);
        out.text(")");
    }

    private void addressesOr(MimeCursor in, int others) throws IOException {
        int own = in.position();
        boolean none = in.number() == 0;
        int behind = in.position();
        in.seek(none ? others : own);
        addresses(in);
        if (none) {
            in.seek(behind);
        }
    }

    /** Where nothing is to be said otherwise than it is kept, its octets are passed on. */
    private void addresses(MimeCursor in) throws IOException {
        long count = in.number();
        if (count == 0) {
            out.text(" NIL");
            return;
        }
        out.text(" (");
        for (long i = 0; i < count; i++) {
            int start = in.position();
            boolean plain = true;
            for (int part = 0; part < ADDRESS_PARTS; part++) {
                plain &= isPlain(in, in.text());
            }
            in.seek(start);
            if (plain) {
                out.text("(");
                string(in);
                out.text(" NIL ");
                string(in);
                out.text(" ");
                string(in);
                out.text(")");
            } else {
                Mailbox address = Mailbox.kept(in.string(), in.string(), in.string());
                address(out.speaksUtf8() ? address : DowngradedHeader.address(address));
            }
        }
        out.text(")");
    }

    /**
     * @param extended whether the extension data follows (BODYSTRUCTURE)
     */
    void structure(MimeCursor in, boolean extended) throws IOException {
        int part = in.position();
        if (in.isText(MULTIPART)) {
            multipart(in, extended);
        } else {
            in.seek(part);
            single(in, extended);
        }
    }

    /** The store has the parts last, IMAP first. */
    private void multipart(MimeCursor in, boolean extended) throws IOException {
        int subtype = in.position();
        in.skipTexts(1);
        in.skipMap();
        in.skipTexts(3);
        int extension = in.position();
        in.skipExtension();
        skipNumbers(in, 4);
        if (in.truth()) {
            in.skipEnvelope();
        }
        out.text("(");
        long children = in.number();
        if (children == 0) {
            // The grammar wants one part at least.
            nothing();
        }
        for (long i = 0; i < children; i++) {
            structure(in, extended);
        }
        int end = in.position();
        out.text(" ");
        in.seek(subtype);
        string(in);
        if (extended) {
            out.text(" ");
            parameters(in);
            in.seek(extension);
            in.skipTexts(1);
            common(in);
        }
        out.text(")");
        in.seek(end);
    }

    private void single(MimeCursor in, boolean extended) throws IOException {
        int type = in.position();
        boolean text = in.isText(TEXT);
        in.seek(type);
        boolean claimsMessage = in.isText(MESSAGE) && in.isText(RFC822);
        in.seek(type);
        out.text("(");
        string(in);
        out.text(" ");
        string(in);
        out.text(" ");
        parameters(in);
        for (int i = 0; i < 3; i++) {
            out.text(" ");
            string(in);
        }
        int extension = in.position();
        in.skipExtension();
        skipNumbers(in, 2);
        out.text(" " + in.number());
        long lines = in.number();
        boolean hasEnvelope = in.truth();
        if (hasEnvelope || claimsMessage) {
            message(in, hasEnvelope, extended);
        } else {
            skipParts(in, in.number());
        }
        if (hasEnvelope || claimsMessage || text) {
            out.text(" " + lines);
        }
        int end = in.position();
        if (extended) {
            out.text(" ");
            in.seek(extension);
            string(in);
            common(in);
        }
        out.text(")");
        in.seek(end);
    }

    /** The envelope and the structure of a contained message. */
    private void message(MimeCursor in, boolean hasEnvelope, boolean extended) throws IOException {
        int envelope = in.position();
        if (hasEnvelope) {
            in.skipEnvelope();
        }
        long children = in.number();
        int child = in.position();
        out.text(" ");
        if (!hasEnvelope || children == 0) {
            out.text("(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ");
            nothing();
            skipParts(in, children);
            return;
        }
        in.seek(envelope);
        envelope(in);
        out.text(" ");
        in.seek(child);
        structure(in, extended);
        skipParts(in, children - 1);
    }

    private void nothing() throws IOException {
        out.text("(\"text\" \"plain\" NIL NIL NIL \"7bit\" 0 0)");
    }

    /** body-fld-dsp, body-fld-lang, body-fld-loc. */
    private void common(MimeCursor in) throws IOException {
        int length = in.text();
        if (length < 0) {
            out.text(" NIL ");
        } else {
            out.text(" (").string(in.octets(), in.start(), length).text(" ");
            parameters(in);
            out.text(") ");
        }
        languages(in);
        out.text(" ");
        string(in);
    }

    private void languages(MimeCursor in) throws IOException {
        long count = in.number();
        if (count == 0) {
            out.string(null);
        } else if (count == 1) {
            string(in);
        } else {
            for (long i = 0; i < count; i++) {
                out.text(i == 0 ? "(" : " ");
                string(in);
            }
            out.text(")");
        }
    }

    private void parameters(MimeCursor in) throws IOException {
        long count = in.number();
        if (count == 0) {
            out.string(null);
            return;
        }
        for (long i = 0; i < count; i++) {
            out.text(i == 0 ? "(" : " ");
            parameter(in);
        }
        out.text(")");
    }

    /** A value outside of ASCII goes in the form of RFC 2231 §4, which clients read, for the index keeps it decoded. */
    private void parameter(MimeCursor in) throws IOException {
        int name = in.position();
        in.skipTexts(1);
        int value = in.position();
        boolean ascii = isAscii(in, in.text());
        in.seek(name);
        if (ascii) {
            string(in);
            out.text(" ");
            int length = in.text();
            out.string(in.octets(), in.start(), Math.max(0, length));
            return;
        }
        out.string(in.string() + "*");
        in.seek(value);
        String encoded = URLEncoder.encode(String.valueOf(in.string()), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        out.text(" ").string("UTF-8''" + encoded);
    }

    private static boolean isAscii(MimeCursor in, int length) {
        for (int i = in.start(); i < in.start() + length; i++) {
            if (in.octets()[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** ASCII, and without the end of a line that a route has before it ({@link Mailbox#route}). */
    private boolean isPlain(MimeCursor in, int length) {
        for (int i = in.start(); i < in.start() + length; i++) {
            byte octet = in.octets()[i];
            if (octet == '\n' || octet < 0 && !out.speaksUtf8()) {
                return false;
            }
        }
        return true;
    }

    /** To a client that did not ask for UTF-8 as ASCII can write it (RFC 6855 §7, RFC 6858 §2.1). */
    private void address(Mailbox address) throws IOException {
        out.text("(").string(address.name()).text(" ").string(address.route()).text(" ");
        out.string(address.mailbox()).text(" ").string(address.host()).text(")");
    }

    private void string(MimeCursor in) throws IOException {
        int start = in.position();
        int length = in.text();
        if (out.speaksUtf8() || isAscii(in, length)) {
            out.string(in.octets(), in.start(), length);
        } else {
            in.seek(start);
            out.string(EncodedText.of(String.valueOf(in.string())));
        }
    }

    private static void skipNumbers(MimeCursor in, int count) {
        for (int i = 0; i < count; i++) {
            in.number();
        }
    }

    private static void skipParts(MimeCursor in, long count) {
        for (long i = 0; i < count; i++) {
            in.skipPart();
        }
    }
}
