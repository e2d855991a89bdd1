// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part of which the end was not seen yet. */
final class OpenPart {
    /** Octets of one part's header that are indexed. */
    static final int MAX_HEADER_OCTETS = 256 * 1024;

    /** RFC 2046 §5.1.1: a boundary has at most 70 characters; longer ones are taken all the same. */
    private static final int MAX_BOUNDARY = 250;

    final long headerOffset;
    final List<MimePart> children = new ArrayList<>();
    private final boolean defaultIsMessage;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();

    private HeaderFields fields = new HeaderFields(List.of());
    private String type = "text";
    private String subtype = "plain";
    private Map<String, String> parameters = Map.of();
    private String transferEncoding = "7bit";
    private MimePart.@Nullable Disposition disposition;
    private byte @Nullable [] boundary;
    private @Nullable Envelope contained;
    private boolean inHeader = true;
    private boolean closed;
    private long bodyOffset;
    private long linesBefore;

    /** What is kept of the body for the preview. */
    @Nullable
    ByteArrayOutputStream text;

    /**
     * @param defaultIsMessage whether a part without Content-Type is a message (RFC 2046 §5.1.5)
     */
    OpenPart(long headerOffset, boolean defaultIsMessage) {
        this.headerOffset = headerOffset;
        this.bodyOffset = headerOffset;
        this.defaultIsMessage = defaultIsMessage;
    }

    boolean inHeader() {
        return inHeader;
    }

    void headerOctets(byte[] octets, int offset, int length) {
        int room = MAX_HEADER_OCTETS - header.size();
        header.write(octets, offset, Math.min(room, length));
    }

    /**
     * The empty line was seen, or the part ends within its header.
     *
     * @param at     the offset after the header
     * @param lines  line ends of the message up to there
     * @param opaque whether it is too deep for its inside to be looked at
     */
    void endHeader(long at, long lines, boolean opaque) {
        inHeader = false;
        bodyOffset = at;
        linesBefore = lines;
        fields = HeaderFields.parse(header.toByteArray());
        transferEncoding = fields.first("content-transfer-encoding")
                .map(value -> ParameterParser.parse(value).word())
                .filter(word -> !word.isEmpty())
                .orElse("7bit");
        Optional<ParameterParser.Value> contentType =
                fields.first("content-type").map(ParameterParser::parse);
        contentType.ifPresentOrElse(this::contentType, this::defaultType);
        disposition = fields.first("content-disposition")
                .map(ParameterParser::parse)
                .filter(value -> !value.word().isEmpty())
                .map(value -> new MimePart.Disposition(value.word(), value.parameters()))
                .orElse(null);
        if (opaque && (boundary != null || isMessageType())) {
            type = "application";
            subtype = "octet-stream";
            boundary = null;
        }
    }

    private void contentType(ParameterParser.Value value) {
        String[] names = value.word().split("/", 2);
        if (names.length != 2 || !isToken(names[0].strip()) || !isToken(names[1].strip())) {
            // RFC 2045 §5.2: what cannot be read counts as absent.
            defaultType();
            return;
        }
        type = names[0].strip();
        subtype = names[1].strip();
        parameters = value.parameters();
        if (type.equals("multipart")) {
            String word = parameters.getOrDefault("boundary", "").stripTrailing();
            if (word.isEmpty() || word.length() > MAX_BOUNDARY) {
                type = "text";
                subtype = "plain";
            } else {
                boundary = ("--" + word).getBytes(StandardCharsets.UTF_8);
            }
        }
    }

    private void defaultType() {
        if (defaultIsMessage) {
            type = "message";
            subtype = "rfc822";
        } else {
            parameters = Map.of("charset", "us-ascii");
        }
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?=".indexOf(c) < 0);
    }

    boolean isMultipart() {
        return boundary != null;
    }

    boolean isDigest() {
        return boundary != null && subtype.equals("digest");
    }

    private boolean isMessageType() {
        return type.equals("message") && (subtype.equals("rfc822") || subtype.equals("global"));
    }

    /** Whether the body is a message that can be looked into: an encoded one cannot. */
    boolean containsMessage() {
        return isMessageType() && List.of("7bit", "8bit", "binary").contains(transferEncoding);
    }

    boolean isText(String wanted) {
        return type.equals("text")
                && subtype.equals(wanted)
                && (disposition == null || !disposition.type().equals("attachment"));
    }

    /** The envelope of the message inside, known when its header ends. */
    void contained(Envelope envelope) {
        contained = envelope;
    }

    HeaderFields fields() {
        return fields;
    }

    long bodyOffset() {
        return bodyOffset;
    }

    /** No, or the delimiter, or the close-delimiter of this multipart (RFC 2046 §5.1.1). */
    Delimiter delimiter(byte[] line, int offset, int length) {
        byte[] wanted = boundary;
        if (wanted == null
                || closed
                || length < wanted.length
                || !Arrays.equals(line, offset, offset + wanted.length, wanted, 0, wanted.length)) {
            return Delimiter.NONE;
        }
        int at = offset + wanted.length;
        int end = offset + length;
        boolean closing = end - at >= 2 && line[at] == '-' && line[at + 1] == '-';
        if (!closing) {
            while (at < end) {
                if (line[at] > ' ') {
                    return Delimiter.NONE;
                }
                at++;
            }
        }
        return closing ? Delimiter.CLOSE : Delimiter.NEXT;
    }

    enum Delimiter {
        NONE,
        NEXT,
        CLOSE
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * The finished part.
     *
     * @param end   the offset after its last octet
     * @param lines line ends of the message up to there
     */
    MimePart finish(long end, long lines) {
        if (isMultipart() && children.isEmpty()) {
            children.add(empty(end));
        }
        long childrenEnd = children.isEmpty()
                ? 0
                : children.getLast().bodyOffset() + children.getLast().bodyLength();
        return new MimePart(
                type,
                subtype,
                parameters,
                fields.first("content-id").orElse(null),
                fields.first("content-description").orElse(null),
                transferEncoding,
                fields.first("content-md5").orElse(null),
                disposition,
                languages(),
                fields.first("content-location").orElse(null),
                headerOffset,
                bodyOffset,
                Math.max(0, Math.max(end, childrenEnd) - bodyOffset),
                Math.max(0, lines - linesBefore),
                containsMessage() ? contained : null,
                children);
    }

    private List<String> languages() {
        return fields.first("content-language").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(language -> language.strip().toLowerCase(Locale.ROOT))
                .filter(language -> !language.isEmpty())
                .toList();
    }

    /** RFC 2046 §5.1 wants at least one part; a multipart without any is shown with an empty text. */
    private static MimePart empty(long at) {
        return new MimePart(
                "text",
                "plain",
                Map.of("charset", "us-ascii"),
                null,
                null,
                "7bit",
                null,
                null,
                List.of(),
                null,
                at,
                at,
                0,
                0,
                null,
                List.of());
    }
}
