// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A message of 8-bit text as it can go to a host that takes seven bits alone (RFC 6152 §3): bodies with characters beyond ASCII are written in quoted-printable when they are text and
 * else in Base64 (RFC 2045 §6), labels say so, and all else stays octet for octet. Nothing of it is kept in memory or in a file: it is made anew from the source each time that it is
 * read.
 *
 * <p>What is signed is never converted: not under DKIM or ARC, whose signatures cover the encoded body (RFC 6376 §5.3), and not inside of {@code multipart/signed} (RFC 1847 §2.1), be it the message or an
 * attached one: where 8-bit text stands in such a part, the whole message stays as it is. Nor is what MIME gives no encoding for: headers, a message without MIME-Version, types of {@code message/}. Safe for all threads.
 */
public final class SevenBitForm {
    private final Source source;
    private final List<Piece> pieces;
    private final long size;

    private SevenBitForm(Source source, List<Piece> pieces, long size) {
        this.source = source;
        this.pieces = pieces;
        this.size = size;
    }

    /** The octets of a message, as often as they are asked for. */
    @FunctionalInterface
    public interface Source {
        /** A fresh stream; the caller closes it. */
        InputStream open() throws IOException;
    }

    /** What can be done. */
    public sealed interface Outcome {
        /** It has such a form. */
        record Converted(SevenBitForm form) implements Outcome {}

        /**
         * It has not.
         *
         * @param reason why, to follow "the message"
         */
        record Impossible(String reason) implements Outcome {}
    }

    /**
     * Finds out whether a message can be converted; reads it up to six times.
     *
     * @param size octets of the source
     */
    public static Outcome of(Source source, long size) throws IOException {
        MimePart root;
        try (InputStream in = source.open()) {
            root = MimeIndexer.index(in, size).root();
        }
        Optional<String> obstacle = obstacle(source, root);
        if (obstacle.isPresent()) {
            return new Outcome.Impossible(obstacle.get());
        }
        SignedParts signed;
        try (InputStream in = source.open()) {
            signed = SignedParts.find(in, root);
        }
        EightBitBodies bodies;
        try (InputStream in = source.open()) {
            bodies = EightBitBodies.find(in, root, signed);
        }
        if (bodies.obstacle().isPresent()) {
            return new Outcome.Impossible(bodies.obstacle().get());
        }
        List<Piece> pieces;
        try (InputStream in = source.open()) {
            pieces = SevenBitPlan.of(in, size, root, bodies, signed);
        }
        SevenBitForm unmeasured = new SevenBitForm(source, pieces, 0);
        SevenBitForm form = new SevenBitForm(source, pieces, unmeasured.measure());
        return form.hasShapeOf(root)
                ? new Outcome.Converted(form)
                : new Outcome.Impossible("would have other parts in another encoding");
    }

    private static Optional<String> obstacle(Source source, MimePart root) throws IOException {
        HeaderFields header;
        try (InputStream in = source.open()) {
            header = HeaderFields.parse(in.readNBytes((int) Math.min(root.bodyOffset(), OpenPart.MAX_HEADER_OCTETS)));
        }
        if (SignedParts.isSigned(header)) {
            return Optional.of("is signed, and another encoding would break the signature");
        }
        return header.count("mime-version") == 0
                ? Optional.of("does not say by MIME-Version what its characters are")
                : Optional.empty();
    }

    /** Octets of the form. */
    public long size() {
        return size;
    }

    /** A fresh stream over the form; the caller closes it. */
    public InputStream open() throws IOException {
        return new PieceStream(source.open(), pieces);
    }

    private long measure() throws IOException {
        try (InputStream in = open()) {
            return in.skip(Long.MAX_VALUE);
        }
    }

    /** A line of an encoded body must not have become a boundary. */
    private boolean hasShapeOf(MimePart root) throws IOException {
        try (InputStream in = open()) {
            return sameShape(root, MimeIndexer.index(in, size).root());
        }
    }

    private static boolean sameShape(MimePart one, MimePart other) {
        if (!one.type().equals(other.type())
                || !one.subtype().equals(other.subtype())
                || one.children().size() != other.children().size()) {
            return false;
        }
        for (int i = 0; i < one.children().size(); i++) {
            if (!sameShape(one.children().get(i), other.children().get(i))) {
                return false;
            }
        }
        return true;
    }
}
