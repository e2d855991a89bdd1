// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.message.SpooledMessage;

/**
 * Reads a message once, line by line, and finds out everything that is asked of it later (RFC 5322, RFC 2045, RFC 2046). Whatever the octets are, it ends
 * with an index; beyond its limits the structure gets coarser, never wrong. For one thread.
 */
public final class MimeIndexer {
    /** Levels of parts that are looked into. */
    public static final int MAX_DEPTH = 50;

    /** Parts that are told apart; those after belong to the last one's body. */
    public static final int MAX_PARTS = 5_000;

    /** Octets of a line that are looked at, as headers and boundaries are shorter. */
    private static final int MAX_LINE = 32 * 1024;

    private static final int BUFFER = 64 * 1024;

    /** Octets of a text part from which the preview is made. */
    private static final int PREVIEW_OCTETS = 4 * 1024;

    private final Deque<OpenPart> open = new ArrayDeque<>();
    private final List<OpenPart> multiparts = new ArrayList<>();
    private int parts = 1;
    private long lineStart;
    private long lines;
    private long linesBefore;

    /** Octets of the line that began in buffers before this one. */
    private long carried;

    private int lastLineEnd;
    private boolean bareLineEnds;
    private @Nullable OpenPart plain;
    private @Nullable OpenPart html;
    private HeaderFields rootFields = new HeaderFields(List.of());

    private MimeIndexer() {}

    /** Computes the index of a message. */
    public static MessageIndex index(SpooledMessage message) throws IOException {
        try (InputStream in = message.open()) {
            return index(in, message.size());
        }
    }

    /**
     * Computes the index of a message that somebody else keeps.
     *
     * @param size octets of all of it
     */
    static MessageIndex index(InputStream in, long size) throws IOException {
        return new MimeIndexer().read(in, size);
    }

    private MessageIndex read(InputStream in, long size) throws IOException {
        OpenPart root = new OpenPart(0, false);
        open.push(root);
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, size))];
        ByteArrayOutputStream begun = new ByteArrayOutputStream();
        boolean carriageReturn = false;
        int read;
        while ((read = in.read(buffer, 0, buffer.length)) > 0) {
            int start = 0;
            for (int i = 0; i < read; i++) {
                byte octet = buffer[i];
                if (octet == '\n') {
                    bareLineEnds |= !carriageReturn;
                    endLine(buffer, start, i + 1 - start, begun, carriageReturn ? 2 : 1);
                    start = i + 1;
                } else if (carriageReturn) {
                    bareLineEnds = true;
                }
                carriageReturn = octet == '\r';
            }
            keep(begun, buffer, start, read - start);
            carried += read - start;
        }
        bareLineEnds |= carriageReturn;
        if (carried > 0) {
            endLine(buffer, 0, 0, begun, 0);
        }
        while (open.size() > 1) {
            pop(size, lines);
        }
        endHeaderIfOpen(root, size);
        MimePart structure = root.finish(size, lines);
        return result(size, structure);
    }

    private static void keep(ByteArrayOutputStream line, byte[] octets, int offset, int length) {
        line.write(octets, offset, Math.min(length, Math.max(0, MAX_LINE - line.size())));
    }

    private void endLine(byte[] buffer, int start, int length, ByteArrayOutputStream begun, int lineEnd) {
        long total = carried + length;
        long next = lineStart + total;
        linesBefore = lines;
        if (lineEnd > 0) {
            lines++;
        }
        if (carried > 0) {
            keep(begun, buffer, start, length);
            byte[] whole = begun.toByteArray();
            line(whole, 0, whole.length, next, lineEnd, total);
            begun.reset();
            carried = 0;
        } else {
            line(buffer, start, length, next, lineEnd, total);
        }
        lineStart = next;
        lastLineEnd = lineEnd;
    }

    /**
     * @param next    the offset of the line after this one
     * @param lineEnd octets of its line end
     * @param total   octets of the line with its end
     */
    private void line(byte[] octets, int offset, int length, long next, int lineEnd, long total) {
        if (length >= 2
                && octets[offset] == '-'
                && octets[offset + 1] == '-'
                && isDelimiter(octets, offset, length, next)) {
            return;
        }
        OpenPart part = open.element();
        if (!part.inHeader()) {
            capture(part, octets, offset, length);
        } else if (total == lineEnd) {
            endHeader(part, next);
        } else {
            part.headerOctets(octets, offset, length);
        }
    }

    private boolean isDelimiter(byte[] octets, int offset, int length, long next) {
        for (int i = multiparts.size() - 1; i >= 0; i--) {
            OpenPart multipart = multiparts.get(i);
            OpenPart.Delimiter delimiter = multipart.delimiter(octets, offset, length);
            if (delimiter == OpenPart.Delimiter.NONE || (delimiter == OpenPart.Delimiter.NEXT && parts >= MAX_PARTS)) {
                continue;
            }
            while (open.element() != multipart) {
                // The line end before a delimiter belongs to it (RFC 2046 §5.1.1), unless the part has no octets at
                // all.
                OpenPart ending = open.element();
                boolean empty = ending.inHeader() || ending.bodyOffset() >= lineStart;
                pop(empty ? lineStart : lineStart - lastLineEnd, empty ? linesBefore : linesBefore - 1);
            }
            if (delimiter == OpenPart.Delimiter.CLOSE) {
                multipart.close();
            } else {
                push(new OpenPart(next, multipart.isDigest()));
            }
            return true;
        }
        return false;
    }

    private void push(OpenPart part) {
        parts++;
        open.push(part);
    }

    private void pop(long end, long linesThen) {
        OpenPart part = open.pop();
        if (part.inHeader()) {
            part.endHeader(end, linesThen, true);
            if (open.element().containsMessage()) {
                open.element().contained(Envelopes.of(part.fields()));
            }
        }
        if (part.isMultipart()) {
            multiparts.remove(part);
        }
        open.element().children.add(part.finish(end, linesThen));
    }

    private void endHeader(OpenPart part, long next) {
        open.pop();
        @Nullable OpenPart parent = open.peek();
        open.push(part);
        part.endHeader(next, lines, open.size() >= MAX_DEPTH);
        if (parent == null) {
            rootFields = part.fields();
        } else if (parent.containsMessage()) {
            parent.contained(Envelopes.of(part.fields()));
        }
        if (part.isMultipart()) {
            multiparts.add(part);
        } else if (part.containsMessage()) {
            push(new OpenPart(next, false));
        } else if (plain == null && part.isText("plain")) {
            plain = part;
            part.text = new ByteArrayOutputStream();
        } else if (html == null && part.isText("html")) {
            html = part;
            part.text = new ByteArrayOutputStream();
        }
    }

    private void endHeaderIfOpen(OpenPart root, long size) {
        if (root.inHeader()) {
            root.endHeader(size, lines, true);
            rootFields = root.fields();
        }
    }

    private static void capture(OpenPart part, byte[] octets, int offset, int length) {
        ByteArrayOutputStream text = part.text;
        if (text != null && text.size() < PREVIEW_OCTETS) {
            text.write(octets, offset, Math.min(length, PREVIEW_OCTETS - text.size()));
        }
    }

    private MessageIndex result(long size, MimePart root) {
        Envelope envelope = Envelopes.of(rootFields)
                .withReferences(rootFields.first("references").orElse(null));
        String subject = Optional.ofNullable(envelope.subject())
                .map(EncodedWords::decode)
                .orElse("");
        return new MessageIndex(
                size,
                envelope,
                root,
                Optional.ofNullable(envelope.date()).flatMap(MailDate::parse).map(java.time.OffsetDateTime::toInstant),
                preview(),
                rootFields.count("received"),
                clean(subject),
                bareLineEnds);
    }

    private String preview() {
        String fromPlain = plain == null ? "" : Preview.ofPlain(text(plain));
        return fromPlain.isEmpty() && html != null ? Preview.ofHtml(text(html)) : fromPlain;
    }

    private static String text(OpenPart part) {
        byte[] octets = part.text == null ? new byte[0] : part.text.toByteArray();
        return PartText.decode(part.finish(part.bodyOffset(), 0), octets);
    }

    /** What PostgreSQL cannot keep in a text, and what would break a line of a list. */
    private static String clean(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .filter(c -> !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
