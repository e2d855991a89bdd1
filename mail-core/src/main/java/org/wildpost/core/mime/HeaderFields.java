// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The fields of one header (RFC 5322 §2.2), unfolded, as UTF-8 where they are (RFC 6532 §3.2) and as Latin-1 where they are not. A line that is
 * neither a field nor its continuation is passed over.
 */
public record HeaderFields(List<Field> fields) {
    /** Fields of one header that are looked at; what comes after is stored but not indexed. */
    public static final int MAX_FIELDS = 2_000;

    /**
     * @param name  in lower case
     * @param value unfolded, without white space around it
     */
    public record Field(String name, String value) {}

    public HeaderFields {
        fields = List.copyOf(fields);
    }

    /** Reads the octets of a header, with whatever line ends. */
    public static HeaderFields parse(byte[] octets) {
        List<Field> fields = new ArrayList<>();
        int start = 0;
        while (start < octets.length && fields.size() < MAX_FIELDS) {
            int end = endOfField(octets, start);
            field(octets, start, end).ifPresent(fields::add);
            start = end;
        }
        return new HeaderFields(fields);
    }

    /** Reads the header with which a message begins, up to its empty line. */
    public static HeaderFields ofMessage(byte[] octets) {
        int end = 0;
        while (end < octets.length && !isEmptyLine(octets, end)) {
            end = endOfField(octets, end);
        }
        return parse(Arrays.copyOf(octets, end));
    }

    private static boolean isEmptyLine(byte[] octets, int start) {
        boolean returns = octets[start] == '\r' && start + 1 < octets.length;
        return octets[returns ? start + 1 : start] == '\n';
    }

    /** The first field of that name, in lower case. */
    public Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.name.equals(name))
                .map(Field::value)
                .findFirst();
    }

    /** How many fields have that name, in lower case. */
    public int count(String name) {
        return (int) fields.stream().filter(field -> field.name.equals(name)).count();
    }

    /** The offset behind the field that begins at {@code start}, with its folded lines. */
    static int endOfField(byte[] octets, int start) {
        int at = start;
        while (at < octets.length) {
            if (octets[at++] == '\n' && (at == octets.length || (octets[at] != ' ' && octets[at] != '\t'))) {
                break;
            }
        }
        return at;
    }

    private static Optional<Field> field(byte[] octets, int start, int end) {
        int colon = start;
        while (colon < end && octets[colon] != ':' && octets[colon] != '\n') {
            colon++;
        }
        if (colon == end || octets[colon] != ':') {
            return Optional.empty();
        }
        String name = new String(octets, start, colon - start, StandardCharsets.ISO_8859_1).strip();
        if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            return Optional.empty();
        }
        byte[] value = new byte[end - colon - 1];
        int length = 0;
        for (int i = colon + 1; i < end; i++) {
            if (octets[i] != '\r' && octets[i] != '\n' && octets[i] != 0) {
                value[length++] = octets[i];
            }
        }
        return Optional.of(
                new Field(name.toLowerCase(Locale.ROOT), text(value, length).strip()));
    }

    private static String text(byte[] octets, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
        }
    }
}
