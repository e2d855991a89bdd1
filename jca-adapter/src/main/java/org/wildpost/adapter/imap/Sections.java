// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.List;
import java.util.Optional;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.mime.MimePart;

/** Where a section lies in the octets of its message (RFC 9051 §6.4.5.1); part numbers as there. */
final class Sections {
    private Sections() {}

    /**
     * A piece of a message.
     *
     * @param offset from the first octet of the message
     * @param length octets
     */
    record Range(long offset, long length) {
        /** What a partial leaves of it: nothing when the origin lies behind its end. */
        Range narrowed(FetchItem.Partial partial) {
            long skipped = Math.min(partial.origin(), length);
            return new Range(offset + skipped, Math.min(partial.length(), length - skipped));
        }
    }

    /** The range of a section of a row, which has its structure unless the section is the whole message. */
    static Optional<Range> locate(Section section, FetchRow row) {
        if (!section.path().isEmpty()) {
            return locate(section, row.structure().orElseThrow(), row.size());
        }
        boolean whole = section.kind() == Section.Kind.CONTENT;
        return Optional.of(ofMessage(section.kind(), whole ? 0 : row.headerLength(), row.size()));
    }

    private static Range ofMessage(Section.Kind kind, long header, long size) {
        return switch (kind) {
            case CONTENT -> new Range(0, size);
            case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT, MIME -> new Range(0, header);
            case TEXT -> new Range(header, size - header);
        };
    }

    /** The range of a section, for header fields that of the whole header; empty when the message has no such part. */
    static Optional<Range> locate(Section section, MimePart root, long size) {
        if (section.path().isEmpty()) {
            return Optional.of(ofMessage(section.kind(), Math.min(root.bodyOffset(), size), size));
        }
        return part(section.path(), root).flatMap(part -> inPart(section.kind(), part));
    }

    private static Optional<Range> inPart(Section.Kind kind, MimePart part) {
        return switch (kind) {
            case CONTENT -> Optional.of(new Range(part.bodyOffset(), part.bodyLength()));
            case MIME -> Optional.of(header(part));
            case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT -> contained(part).map(Sections::header);
            case TEXT -> contained(part).map(root -> new Range(root.bodyOffset(), root.bodyLength()));
        };
    }

    private static Range header(MimePart part) {
        return new Range(part.headerOffset(), part.bodyOffset() - part.headerOffset());
    }

    private static Optional<MimePart> contained(MimePart part) {
        return part.isMessage() ? part.children().stream().findFirst() : Optional.empty();
    }

    /** The part with these numbers. */
    static Optional<MimePart> part(List<Integer> path, MimePart root) {
        List<MimePart> level = parts(root);
        Optional<MimePart> part = Optional.empty();
        for (int number : path) {
            if (Integer.compareUnsigned(number, level.size()) > 0) {
                return Optional.empty();
            }
            MimePart found = level.get(number - 1);
            part = Optional.of(found);
            level = found.isMultipart()
                    ? found.children()
                    : contained(found).map(Sections::parts).orElse(List.of());
        }
        return part;
    }

    /** The parts of a message: every message has at least one. */
    private static List<MimePart> parts(MimePart root) {
        return root.isMultipart() ? root.children() : List.of(root);
    }
}
