// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

/**
 * Knows whose a bearer token is (RFC 6750 §2.1). A server that has none offers no mechanism that carries tokens. Safe for all threads; may ask the
 * issuer over the network, within a time of its own.
 */
public interface TokenVerifier {
    /** Where tokens come from. */
    TokenIssuer issuer();

    /**
     * Looks at a token: its signature or what its issuer says, its audience, its time.
     *
     * @param token as the client sent it, never empty
     * @throws RuntimeException when that cannot be known now: the client is told to try later
     */
    TokenVerdict verify(Secret token);
}
