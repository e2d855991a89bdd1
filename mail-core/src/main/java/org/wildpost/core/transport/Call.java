// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.util.Optional;

/**
 * How a host is called. Two equal calls to one host may share a connection.
 *
 * @param serverName  for SNI: a domain name, or an address literal in brackets
 * @param origin      as whom
 * @param tls         what TLS must be
 * @param implicitTls whether TLS comes before the first word (RFC 8314 §3.3); then it must be, whatever is demanded
 * @param login       with which to log in
 * @param identity    the certificate to show
 */
public record Call(
        String serverName,
        int port,
        Origin origin,
        TlsDemand tls,
        boolean implicitTls,
        Optional<Credentials> login,
        Optional<ClientIdentity> identity) {
    /** The same call without TLS. */
    Call inClear() {
        return new Call(serverName, port, origin, new TlsDemand.None(), implicitTls, login, identity);
    }

    Optional<PeerVerifier> verifier() {
        return switch (tls) {
            case TlsDemand.Verified(PeerVerifier verifier) -> Optional.of(verifier);
            case TlsDemand.Opportunistic(Optional<PeerVerifier> observed) -> observed;
            case TlsDemand.None(), TlsDemand.Encrypted() -> Optional.empty();
        };
    }
}
