// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Parts of a message under whose signatures no octet may change, neither of a body nor of a label: {@code multipart/signed} (RFC 1847 §2.1), and messages
 * inside of the message whose header has a signature (RFC 6376), such as one that was forwarded as an attachment.
 *
 * @param parts outermost ones and perhaps inner ones, compared by identity
 */
record SignedParts(Set<MimePart> parts) {
    /** Fields of signatures that cover the encoded body. */
    private static final List<String> FIELDS =
            List.of("dkim-signature", "arc-message-signature", "arc-seal", "domainkey-signature");

    /** Reads the headers of the messages inside of the message, and as much before them as it must. */
    static SignedParts find(InputStream in, MimePart root) throws IOException {
        Set<MimePart> found = Collections.newSetFromMap(new IdentityHashMap<>());
        List<MimePart> messages = new ArrayList<>();
        collect(root, found, messages);
        long position = 0;
        for (MimePart message : messages) {
            MimePart inner = message.children().getFirst();
            in.skipNBytes(inner.headerOffset() - position);
            byte[] header = in.readNBytes(
                    (int) Math.min(inner.bodyOffset() - inner.headerOffset(), OpenPart.MAX_HEADER_OCTETS));
            position = inner.headerOffset() + header.length;
            if (isSigned(HeaderFields.parse(header))) {
                found.add(message);
            }
        }
        return new SignedParts(found);
    }

    /** Whether a message with this header is signed. */
    static boolean isSigned(HeaderFields header) {
        return FIELDS.stream().anyMatch(name -> header.count(name) > 0);
    }

    /** Whether all inside of the part must stay as it is. */
    boolean contains(MimePart part) {
        return parts.contains(part);
    }

    private static void collect(MimePart part, Set<MimePart> signed, List<MimePart> messages) {
        if (part.isMultipart() && part.subtype().equals("signed")) {
            signed.add(part);
        }
        if (part.type().equals("message") && !part.children().isEmpty()) {
            messages.add(part);
        }
        part.children().forEach(child -> collect(child, signed, messages));
    }
}
