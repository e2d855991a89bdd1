// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which bodies of a message have characters beyond ASCII, and what forbids to encode them.
 *
 * @param parts    without children, compared by identity
 * @param obstacle to follow "the message"
 */
record EightBitBodies(Set<MimePart> parts, Optional<String> obstacle) {
    private static final int BUFFER = 32 * 1024;

    /** Encodings that are none (RFC 2045 §6.2). */
    static final Set<String> IDENTITIES = Set.of("7bit", "8bit", "binary");

    private record Leaf(MimePart part, boolean signed) {
        long from() {
            return part.bodyOffset();
        }

        long to() {
            return part.bodyOffset() + part.bodyLength();
        }
    }

    /** Reads the message once. */
    static EightBitBodies find(InputStream in, MimePart root, SignedParts signed) throws IOException {
        List<Leaf> leaves = new ArrayList<>();
        collect(root, signed, false, leaves);
        Set<MimePart> found = Collections.newSetFromMap(new IdentityHashMap<>());
        byte[] piece = new byte[BUFFER];
        long offset = 0;
        int at = 0;
        for (int count = in.read(piece); count > 0; count = in.read(piece)) {
            for (int i = 0; i < count; i++) {
                if (piece[i] >= 0) {
                    continue;
                }
                while (at < leaves.size() && leaves.get(at).to() <= offset + i) {
                    at++;
                }
                if (at == leaves.size() || leaves.get(at).from() > offset + i) {
                    return impossible("has 8-bit characters outside of its bodies");
                }
                Leaf leaf = leaves.get(at);
                if (found.add(leaf.part())) {
                    Optional<String> obstacle = obstacle(leaf);
                    if (obstacle.isPresent()) {
                        return new EightBitBodies(Set.of(), obstacle);
                    }
                }
            }
            offset += count;
        }
        return new EightBitBodies(found, Optional.empty());
    }

    private static Optional<String> obstacle(Leaf leaf) {
        MimePart part = leaf.part();
        String type = part.type() + "/" + part.subtype();
        if (leaf.signed()) {
            return Optional.of("has a signed part, and another encoding would break the signature");
        }
        if (part.type().equals("message") || part.type().equals("multipart")) {
            return Optional.of("has a part of the type " + type + ", which may not be encoded");
        }
        return IDENTITIES.contains(part.transferEncoding())
                ? Optional.empty()
                : Optional.of("has 8-bit characters in a body that is said to be " + part.transferEncoding());
    }

    private static EightBitBodies impossible(String reason) {
        return new EightBitBodies(Set.of(), Optional.of(reason));
    }

    private static void collect(MimePart part, SignedParts signed, boolean within, List<Leaf> leaves) {
        boolean inside = within || signed.contains(part);
        if (part.children().isEmpty()) {
            leaves.add(new Leaf(part, inside));
        }
        part.children().forEach(child -> collect(child, signed, inside, leaves));
    }
}
