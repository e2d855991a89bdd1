// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Optional;

/** A data item of FETCH (RFC 9051 §6.4.5, RFC 3501 §6.4.5 for the RFC822 forms). */
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
        BODYSTRUCTURE
    }

    /**
     * Octets of the message.
     *
     * @param label   how the answer names it, without the origin of a partial
     * @param peek    whether {@code \Seen} is left alone
     */
    record Octets(String label, Section section, Optional<Partial> partial, boolean peek) implements FetchItem {}

    /**
     * @param origin octets left out in front
     * @param length octets at most
     */
    record Partial(long origin, long length) {}
}
