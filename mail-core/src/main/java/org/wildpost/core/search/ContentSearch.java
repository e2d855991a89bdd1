// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.wildpost.core.collation.UnicodeCasemap;
import org.wildpost.core.mime.EncodedWords;
import org.wildpost.core.mime.HeaderFields;
import org.wildpost.core.mime.MimePart;
import org.wildpost.core.mime.PartText;

/** Looks for a text, already casemapped, in a message's octets (RFC 9051 §6.4.4 BODY, HEADER, TEXT). Stateless. */
final class ContentSearch {
    /** Octets of one part, as transferred, in which a text is looked for. */
    static final int MAX_TEXT_OCTETS = 8 * 1024 * 1024;

    private ContentSearch() {}

    /** An empty text asks whether the field is there. */
    static boolean headerHas(MessageOctets message, String field, String wanted) {
        String name = field.toLowerCase(Locale.ROOT);
        return header(message, message.structure()).fields().stream()
                .filter(candidate -> candidate.name().equals(name))
                .anyMatch(candidate -> contains(candidate.value(), wanted));
    }

    static boolean textHas(MessageOctets message, String wanted) {
        return wholeHeaderHas(message, message.structure(), wanted) || bodyHas(message, wanted);
    }

    static boolean bodyHas(MessageOctets message, String wanted) {
        return bodyHas(message, message.structure(), wanted);
    }

    private static boolean wholeHeaderHas(MessageOctets message, MimePart part, String wanted) {
        return header(message, part).fields().stream()
                .anyMatch(field -> UnicodeCasemap.map(field.name()).contains(wanted)
                        || contains(field.value(), wanted)
                        || contains(field.name() + ": " + field.value(), wanted));
    }

    /** The names under which a part would be saved (RFC 2183 §2.3, and the older parameter of Content-Type). */
    static List<String> attachmentNames(MimePart part) {
        MimePart.Disposition disposition = part.disposition();
        return Stream.of(
                        disposition == null ? null : disposition.parameters().get("filename"),
                        part.parameters().get("name"))
                .filter(Objects::nonNull)
                .map(EncodedWords::decode)
                .distinct()
                .toList();
    }

    private static boolean bodyHas(MessageOctets message, MimePart part, String wanted) {
        if (attachmentNames(part).stream()
                .anyMatch(name -> UnicodeCasemap.map(name).contains(wanted))) {
            return true;
        }
        if (part.isMultipart() || part.isMessage()) {
            return part.children().stream()
                    .anyMatch(child -> (part.isMessage() && wholeHeaderHas(message, child, wanted))
                            || bodyHas(message, child, wanted));
        }
        if (!part.type().equals("text")) {
            return false;
        }
        byte[] raw = message.octets(part.bodyOffset(), (int) Math.min(part.bodyLength(), MAX_TEXT_OCTETS));
        return UnicodeCasemap.map(PartText.decode(part, raw)).contains(wanted);
    }

    static HeaderFields header(MessageOctets message, MimePart part) {
        int length = (int) Math.min(part.bodyOffset() - part.headerOffset(), MAX_TEXT_OCTETS);
        return HeaderFields.parse(message.octets(part.headerOffset(), length));
    }

    private static boolean contains(String raw, String wanted) {
        return UnicodeCasemap.map(EncodedWords.decode(raw)).contains(wanted);
    }
}
