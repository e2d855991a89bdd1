// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

/** One running exchange of a mechanism (RFC 4422 §3). For one thread; used once, until it finishes or is malformed. */
public interface SaslMechanism {
    /** What the server sends when the client gave no initial response; empty octets for mechanisms in which the client speaks first. */
    byte[] firstChallenge();

    /** Takes the client's next message, decoded from Base64. */
    SaslStep next(byte[] response);
}
