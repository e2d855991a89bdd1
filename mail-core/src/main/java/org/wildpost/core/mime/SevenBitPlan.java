// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Finds the pieces of a {@link SevenBitForm}. For one use. */
final class SevenBitPlan {
    private static final byte[] LINE_END = {'\r', '\n'};

    private final InputStream in;
    private final EightBitBodies bodies;
    private final SignedParts signed;
    private final List<Piece> pieces = new ArrayList<>();
    private long position;

    private SevenBitPlan(InputStream in, EightBitBodies bodies, SignedParts signed) {
        this.in = in;
        this.bodies = bodies;
        this.signed = signed;
    }

    /** Reads the headers that change. */
    static List<Piece> of(InputStream in, long size, MimePart root, EightBitBodies bodies, SignedParts signed)
            throws IOException {
        SevenBitPlan plan = new SevenBitPlan(in, bodies, signed);
        plan.part(root);
        if (root.children().isEmpty() && plan.encoding(root).equals("base64")) {
            // The encoder does not end its last line.
            plan.pieces.add(new Piece.Replaced(0, LINE_END));
        }
        plan.copyTo(size);
        return List.copyOf(plan.pieces);
    }

    private void part(MimePart part) throws IOException {
        if (!EightBitBodies.IDENTITIES.contains(part.transferEncoding())) {
            return;
        }
        String encoding = encoding(part);
        if (!encoding.equals(part.transferEncoding())) {
            header(part, encoding);
        }
        if (part.children().isEmpty()) {
            body(part, encoding);
        } else if (!signed.contains(part)) {
            for (MimePart child : part.children()) {
                part(child);
            }
        }
    }

    /** Multiparts and messages have no encoding of their own (RFC 2045 §6.4). */
    private String encoding(MimePart part) {
        if (!bodies.parts().contains(part)) {
            return "7bit";
        }
        return part.type().equals("text") ? "quoted-printable" : "base64";
    }

    /** A header larger than what the indexer looks at keeps its end. */
    private void header(MimePart part, String encoding) throws IOException {
        copyTo(part.headerOffset());
        long length = Math.min(part.bodyOffset() - part.headerOffset(), OpenPart.MAX_HEADER_OCTETS);
        byte[] header = in.readNBytes((int) length);
        byte[] changed = encoding.equals("7bit")
                ? TransferEncodingField.replaced(header, encoding)
                : TransferEncodingField.set(header, encoding);
        pieces.add(new Piece.Replaced(header.length, changed));
        position += header.length;
    }

    private void body(MimePart part, String encoding) throws IOException {
        if (encoding.equals("7bit")) {
            return;
        }
        copyTo(part.bodyOffset());
        pieces.add(
                encoding.equals("base64") ? new Piece.Based(part.bodyLength()) : new Piece.Quoted(part.bodyLength()));
        pass(part.bodyLength());
    }

    private void copyTo(long end) throws IOException {
        if (end > position) {
            pieces.add(new Piece.Copied(end - position));
            pass(end - position);
        }
    }

    private void pass(long octets) throws IOException {
        in.skipNBytes(octets);
        position += octets;
    }
}
