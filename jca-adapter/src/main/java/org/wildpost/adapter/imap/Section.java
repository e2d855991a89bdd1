// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which octets of a message (RFC 9051 §6.4.5.1).
 *
 * @param path   the part numbers, none for the message itself
 * @param kind   what of it
 * @param fields the names in HEADER.FIELDS and HEADER.FIELDS.NOT
 */
record Section(List<Integer> path, Kind kind, List<String> fields) {
    static final Section WHOLE = new Section(List.of(), Kind.CONTENT, List.of());
    static final Section HEADER = new Section(List.of(), Kind.HEADER, List.of());
    static final Section TEXT = new Section(List.of(), Kind.TEXT, List.of());

    Section {
        path = List.copyOf(path);
        fields = List.copyOf(fields);
    }

    enum Kind {
        CONTENT(""),
        HEADER("HEADER"),
        HEADER_FIELDS("HEADER.FIELDS"),
        HEADER_FIELDS_NOT("HEADER.FIELDS.NOT"),
        TEXT("TEXT"),
        MIME("MIME");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        /** Whether it is a header or some of its fields. */
        boolean isHeader() {
            return this != CONTENT && this != TEXT;
        }

        boolean filtersFields() {
            return this == HEADER_FIELDS || this == HEADER_FIELDS_NOT;
        }
    }

    /** The section between brackets. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(FetchItem.dotted(path));
        if (!path.isEmpty() && kind != Kind.CONTENT) {
            out.append('.');
        }
        out.append(kind.word());
        if (kind.filtersFields()) {
            out.append(fields.stream().map(Section::quoted).collect(Collectors.joining(" ", " (", ")")));
        }
        return out.toString();
    }

    private static String quoted(String field) {
        boolean atom = field.chars().allMatch(c -> Cursor.isAtomChar((char) c));
        return atom
                ? field.toUpperCase(Locale.ROOT)
                : '"' + field.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
