// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Envelope and structure as the store keeps them: a version octet, then fields in order; numbers in groups of seven bits, texts with their length plus one in
 * front, so that 0 stands for null.
 */
public final class MimeCodec {
    static final int VERSION = 1;

    /** An envelope with its references; those of version 1 say nothing about them. */
    static final int REFERENCES_VERSION = 2;

    private MimeCodec() {}

    public static byte[] encode(Envelope envelope) {
        return written(REFERENCES_VERSION, out -> {
            writeEnvelope(out, envelope);
            writeText(out, envelope.references());
        });
    }

    public static byte[] encode(MimePart part) {
        return written(VERSION, out -> writePart(out, part));
    }

    /**
     * Reads what {@link #encode(Envelope)} wrote.
     *
     * @throws IllegalStateException when it is not that
     */
    public static Envelope decodeEnvelope(byte[] octets) {
        MimeCursor in = new MimeCursor(octets);
        Envelope envelope = readEnvelope(in);
        return knowsReferences(octets) ? envelope.withReferences(in.string()) : envelope;
    }

    /** Whether a stored envelope says what its message refers to; those of older servers do not, and the header must be asked. */
    public static boolean knowsReferences(byte[] octets) {
        return octets.length > 0 && octets[0] >= REFERENCES_VERSION;
    }

    /**
     * Reads what {@link #encode(MimePart)} wrote.
     *
     * @throws IllegalStateException when it is not that
     */
    public static MimePart decodeStructure(byte[] octets) {
        return readPart(new MimeCursor(octets));
    }

    /** Where the body of an encoded structure's root begins, without decoding it all. */
    public static long bodyOffset(byte[] structure) {
        MimeCursor in = new MimeCursor(structure);
        in.skipToNumbers();
        in.number();
        return in.number();
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] written(int version, Writing writing) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(octets)) {
            out.writeByte(version);
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return octets.toByteArray();
    }

    private static void writeEnvelope(DataOutputStream out, Envelope envelope) throws IOException {
        writeText(out, envelope.date());
        writeText(out, envelope.subject());
        for (List<Mailbox> list : lists(envelope)) {
            writeNumber(out, list.size());
            for (Mailbox mailbox : list) {
                writeText(out, mailbox.name());
                writeText(out, mailbox.routed());
                writeText(out, mailbox.host());
            }
        }
        writeText(out, envelope.inReplyTo());
        writeText(out, envelope.messageId());
    }

    private static List<List<Mailbox>> lists(Envelope envelope) {
        return List.of(
                envelope.from(), envelope.sender(), envelope.replyTo(), envelope.to(), envelope.cc(), envelope.bcc());
    }

    private static Envelope readEnvelope(MimeCursor in) {
        String date = in.string();
        String subject = in.string();
        List<List<Mailbox>> lists = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            List<Mailbox> list = new ArrayList<>();
            for (long left = in.number(); left > 0; left--) {
                list.add(Mailbox.kept(in.string(), in.string(), in.string()));
            }
            lists.add(list);
        }
        return new Envelope(
                date,
                subject,
                lists.get(0),
                lists.get(1),
                lists.get(2),
                lists.get(3),
                lists.get(4),
                lists.get(5),
                in.string(),
                in.string());
    }

    private static void writePart(DataOutputStream out, MimePart part) throws IOException {
        writeText(out, part.type());
        writeText(out, part.subtype());
        writeMap(out, part.parameters());
        writeText(out, part.contentId());
        writeText(out, part.description());
        writeText(out, part.transferEncoding());
        writeText(out, part.md5());
        MimePart.Disposition disposition = part.disposition();
        writeText(out, disposition == null ? null : disposition.type());
        if (disposition != null) {
            writeMap(out, disposition.parameters());
        }
        writeNumber(out, part.languages().size());
        for (String language : part.languages()) {
            writeText(out, language);
        }
        writeText(out, part.location());
        writeNumber(out, part.headerOffset());
        writeNumber(out, part.bodyOffset());
        writeNumber(out, part.bodyLength());
        writeNumber(out, part.bodyLines());
        Envelope envelope = part.envelope();
        out.writeBoolean(envelope != null);
        if (envelope != null) {
            writeEnvelope(out, envelope);
        }
        writeNumber(out, part.children().size());
        for (MimePart child : part.children()) {
            writePart(out, child);
        }
    }

    private static MimePart readPart(MimeCursor in) {
        String type = present(in);
        String subtype = present(in);
        Map<String, String> parameters = readMap(in);
        String contentId = in.string();
        String description = in.string();
        String transferEncoding = present(in);
        String md5 = in.string();
        String dispositionType = in.string();
        MimePart.Disposition disposition =
                dispositionType == null ? null : new MimePart.Disposition(dispositionType, readMap(in));
        List<String> languages = new ArrayList<>();
        for (long left = in.number(); left > 0; left--) {
            languages.add(present(in));
        }
        String location = in.string();
        long headerOffset = in.number();
        long bodyOffset = in.number();
        long bodyLength = in.number();
        long bodyLines = in.number();
        Envelope envelope = in.truth() ? readEnvelope(in) : null;
        List<MimePart> children = new ArrayList<>();
        for (long left = in.number(); left > 0; left--) {
            children.add(readPart(in));
        }
        return new MimePart(
                type,
                subtype,
                parameters,
                contentId,
                description,
                transferEncoding,
                md5,
                disposition,
                languages,
                location,
                headerOffset,
                bodyOffset,
                bodyLength,
                bodyLines,
                envelope,
                children);
    }

    private static void writeMap(DataOutputStream out, Map<String, String> map) throws IOException {
        writeNumber(out, map.size());
        for (Map.Entry<String, String> entry : map.entrySet()) {
            writeText(out, entry.getKey());
            writeText(out, entry.getValue());
        }
    }

    private static Map<String, String> readMap(MimeCursor in) {
        Map<String, String> map = new LinkedHashMap<>();
        for (long left = in.number(); left > 0; left--) {
            map.put(present(in), present(in));
        }
        return map;
    }

    private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            writeNumber(out, 0);
            return;
        }
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        writeNumber(out, octets.length + 1L);
        out.write(octets);
    }

    private static String present(MimeCursor in) {
        String text = in.string();
        if (text == null) {
            throw new IllegalStateException("a text is missing in a stored structure");
        }
        return text;
    }

    private static void writeNumber(DataOutputStream out, long number) throws IOException {
        long rest = number;
        while (rest > 0x7f) {
            out.writeByte((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }
}
