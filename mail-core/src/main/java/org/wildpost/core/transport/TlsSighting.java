// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

/** What became of TLS on a fresh connection, for records of attempts and for reports (RFC 8460 §4.3). */
public sealed interface TlsSighting {
    /**
     * The handshake was done.
     *
     * @param protocol     such as {@code TLSv1.3}
     * @param cipher       the cipher suite's name
     * @param verification of the certificate; the connection was given up when it was rejected and proof was demanded
     */
    record Secured(String protocol, String cipher, Verification verification) implements TlsSighting {}

    /** The peer does not offer STARTTLS, or refused it when it was asked. */
    record NotOffered() implements TlsSighting {}

    /** The handshake failed. */
    record Broken(String reason) implements TlsSighting {}
}
