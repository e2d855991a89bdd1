// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** The content of a part as a person sees it: the transfer encoding taken off (RFC 2045 §6), the charset read. Never throws for what is in the octets. */
public final class PartText {
    private static final Charset GUESS = Charset.forName("windows-1252");

    private static final Set<String> ENCODINGS = Set.of("base64", "quoted-printable");
    private static final Set<String> PLAIN = Set.of("7bit", "8bit", "binary");

    private PartText() {}

    /** The text of a text part, from its body as transferred. */
    public static String decode(MimePart part, byte[] rawBody) {
        byte[] octets;
        try (InputStream in = decodedBody(part, new ByteArrayInputStream(rawBody))) {
            octets = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        String label = part.parameters().getOrDefault("charset", "");
        return Charsets.named(label)
                .filter(charset -> !charset.equals(GUESS))
                .map(charset -> new String(octets, charset))
                .orElseGet(() -> guessed(octets));
    }

    /** Whether the body is written in a transfer encoding that {@link #decodedBody} takes off; a multipart has none (RFC 2045 §6.4). */
    public static boolean isEncoded(MimePart part) {
        return !part.isMultipart() && ENCODINGS.contains(part.transferEncoding());
    }

    /** Whether the transfer encoding is a known one (RFC 2045 §6.1). */
    public static boolean isDecodable(MimePart part) {
        return part.isMultipart() || isEncoded(part) || PLAIN.contains(part.transferEncoding());
    }

    /** The body without its transfer encoding; an unknown one is taken as none. */
    public static InputStream decodedBody(MimePart part, InputStream raw) {
        return switch (part.transferEncoding()) {
            case "base64" -> new Base64InputStream(raw, false);
            case "quoted-printable" -> new QuotedPrintableInputStream(raw, false);
            default -> raw;
        };
    }

    /** What claims to be ASCII, Latin-1 or nothing is UTF-8 when it can be, and windows-1252 when it cannot. */
    private static String guessed(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(octets, GUESS);
        }
    }
}
