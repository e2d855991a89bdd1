// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A data item of FETCH (RFC 9051 §6.4.5, RFC 3501 §6.4.5 for the RFC822 forms, RFC 8474 §5, RFC 8514 §4.2, RFC 8970 §3). */
sealed interface FetchItem {
    enum Simple implements FetchItem {
        UID,
        FLAGS,
        /** RFC 7162 §3.1.4.2. */
        MODSEQ,
        INTERNALDATE,
        SIZE,
        ENVELOPE,
        BODY,
        BODYSTRUCTURE,
        EMAILID,
        THREADID,
        SAVEDATE,
        PREVIEW
    }

    /**
     * Octets of the message.
     *
     * @param label   how the answer names it, without the origin of a partial
     * @param peek    whether {@code \Seen} is left alone
     */
    record Octets(String label, Section section, Optional<Partial> partial, boolean peek) implements FetchItem {}

    /** A part without its transfer encoding (RFC 3516 §4.2); the whole message without a path. */
    record Binary(List<Integer> path, Optional<Partial> partial, boolean peek) implements FetchItem {
        public Binary {
            path = List.copyOf(path);
        }
    }

    /** How many octets that has. */
    record BinarySize(List<Integer> path) implements FetchItem {
        public BinarySize {
            path = List.copyOf(path);
        }
    }

    /** A path as it stands on the wire: numbers of 32 bits without a sign. */
    static String dotted(List<Integer> path) {
        return path.stream().map(Integer::toUnsignedString).collect(Collectors.joining("."));
    }

    /**
     * @param origin octets left out in front
     * @param length octets at most
     */
    record Partial(long origin, long length) {}
}
