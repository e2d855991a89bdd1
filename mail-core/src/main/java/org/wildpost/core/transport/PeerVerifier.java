// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.security.cert.X509Certificate;

/**
 * Decides whether a chain of certificates is that of the host that was meant: by its TLSA records, or by public authorities and its names. Asked once
 * for each connection, after the handshake and before anything is said over TLS. Safe for all threads; equal when it decides alike (a record of
 * its inputs), since connections are shared between equal demands.
 */
public interface PeerVerifier {
    /**
     * Judges the chain. Never throws for what the peer presented.
     *
     * @param chain as the peer presented it, its own certificate first; never empty
     */
    Verification verify(X509Certificate[] chain);
}
