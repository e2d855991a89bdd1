// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.Mailbox;
import org.wildpost.core.mime.MimePart;

/** Envelope and structure as the octets that are stored with a message's row; the first octet is the form's version. */
final class IndexCodec {
    private static final int VERSION = 1;

    private IndexCodec() {}

    static byte[] encode(Envelope envelope) {
        return encoded(out -> write(out, envelope));
    }

    static byte[] encode(MimePart part) {
        return encoded(out -> write(out, part));
    }

    static Envelope decodeEnvelope(byte[] octets) {
        return decoded(octets, IndexCodec::readEnvelope);
    }

    static MimePart decodeStructure(byte[] octets) {
        return decoded(octets, IndexCodec::readPart);
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    private static byte[] encoded(Writing writing) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            out.writeByte(VERSION);
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    private static <T> T decoded(byte[] octets, Reading<T> reading) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IOException("unknown version of a stored index: " + version);
            }
            return reading.from(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, Envelope envelope) throws IOException {
        text(out, envelope.date());
        text(out, envelope.subject());
        for (List<Mailbox> field : List.of(
                envelope.from(), envelope.sender(), envelope.replyTo(), envelope.to(), envelope.cc(), envelope.bcc())) {
            out.writeInt(field.size());
            for (Mailbox mailbox : field) {
                text(out, mailbox.name());
                text(out, mailbox.mailbox());
                text(out, mailbox.host());
            }
        }
        text(out, envelope.inReplyTo());
        text(out, envelope.messageId());
    }

    private static Envelope readEnvelope(DataInputStream in) throws IOException {
        String date = text(in);
        String subject = text(in);
        List<List<Mailbox>> fields = new ArrayList<>();
        for (int field = 0; field < 6; field++) {
            List<Mailbox> mailboxes = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                mailboxes.add(new Mailbox(text(in), text(in), text(in)));
            }
            fields.add(mailboxes);
        }
        return new Envelope(
                date,
                subject,
                fields.get(0),
                fields.get(1),
                fields.get(2),
                fields.get(3),
                fields.get(4),
                fields.get(5),
                text(in),
                text(in));
    }

    private static void write(DataOutputStream out, MimePart part) throws IOException {
        text(out, part.type());
        text(out, part.subtype());
        texts(out, part.parameters());
        text(out, part.contentId());
        text(out, part.description());
        text(out, part.transferEncoding());
        text(out, part.md5());
        MimePart.Disposition disposition = part.disposition();
        out.writeBoolean(disposition != null);
        if (disposition != null) {
            text(out, disposition.type());
            texts(out, disposition.parameters());
        }
        out.writeInt(part.languages().size());
        for (String language : part.languages()) {
            text(out, language);
        }
        text(out, part.location());
        out.writeLong(part.headerOffset());
        out.writeLong(part.bodyOffset());
        out.writeLong(part.bodyLength());
        out.writeLong(part.bodyLines());
        Envelope envelope = part.envelope();
        out.writeBoolean(envelope != null);
        if (envelope != null) {
            write(out, envelope);
        }
        out.writeInt(part.children().size());
        for (MimePart child : part.children()) {
            write(out, child);
        }
    }

    private static MimePart readPart(DataInputStream in) throws IOException {
        return new MimePart(
                present(in),
                present(in),
                texts(in),
                text(in),
                text(in),
                present(in),
                text(in),
                in.readBoolean() ? new MimePart.Disposition(present(in), texts(in)) : null,
                languages(in),
                text(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean() ? readEnvelope(in) : null,
                children(in));
    }

    private static List<String> languages(DataInputStream in) throws IOException {
        List<String> languages = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            languages.add(present(in));
        }
        return languages;
    }

    private static List<MimePart> children(DataInputStream in) throws IOException {
        List<MimePart> children = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            children.add(readPart(in));
        }
        return children;
    }

    private static void texts(DataOutputStream out, Map<String, String> map) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<String, String> entry : map.entrySet()) {
            text(out, entry.getKey());
            text(out, entry.getValue());
        }
    }

    private static Map<String, String> texts(DataInputStream in) throws IOException {
        Map<String, String> map = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            map.put(present(in), present(in));
        }
        return map;
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(octets.length);
        out.write(octets);
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String present(DataInputStream in) throws IOException {
        String text = text(in);
        if (text == null) {
            throw new IOException("a stored index lacks a text");
        }
        return text;
    }
}
