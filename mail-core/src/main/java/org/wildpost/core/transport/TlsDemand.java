// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.util.Optional;

/** What TLS with a next hop must be before mail goes out. Two equal demands may share a connection. */
public sealed interface TlsDemand {
    /** TLS is not even tried. */
    record None() implements TlsDemand {}

    /**
     * TLS when it is offered, with whatever certificate (RFC 7435 §3); when the handshake fails, clear text over a fresh connection.
     *
     * @param observed looks at the certificate for reports only, and is never obeyed (RFC 8461 §5, mode {@code testing})
     */
    record Opportunistic(Optional<PeerVerifier> observed) implements TlsDemand {
        /** Nobody looks at the certificate. */
        public static final Opportunistic UNOBSERVED = new Opportunistic(Optional.empty());
    }

    /** TLS must be; the certificate does not matter (RFC 7672 §2.2: TLSA records of which none can be used). Never clear text. */
    record Encrypted() implements TlsDemand {}

    /** TLS must be and the peer must prove itself. Never clear text, never another host's certificate. */
    record Verified(PeerVerifier verifier) implements TlsDemand {}
}
