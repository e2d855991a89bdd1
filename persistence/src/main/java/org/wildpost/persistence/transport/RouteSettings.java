// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.transport;

import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.trust.TlsLevel;

/**
 * All that an operator says about a route.
 *
 * @param sender     whose mail takes it; empty: anybody's
 * @param recipient  for whom the mail is; empty: anybody
 * @param host       where it goes; empty: to the exchangers of the recipient's domain
 * @param port       of that host
 * @param tlsNames   names that the certificate may have instead of the host's
 * @param implicitTls whether TLS comes before the first word (RFC 8314 §3.3)
 * @param login      with which this server logs in
 * @param identity   the certificate that it shows
 * @param note       for people
 */
public record RouteSettings(
        Optional<DomainName> sender,
        Optional<DomainName> recipient,
        Optional<DomainName> host,
        int port,
        TlsLevel tls,
        List<DomainName> tlsNames,
        boolean implicitTls,
        Optional<SealedLogin> login,
        Optional<SealedIdentity> identity,
        boolean disabled,
        String note) {
    public RouteSettings {
        tlsNames = List.copyOf(tlsNames);
    }

    /**
     * @param password  sealed
     * @param clearText whether it may cross without TLS
     */
    public record SealedLogin(String username, byte[] password, boolean clearText) {}

    /**
     * @param certificate in PEM, this server's own first
     * @param key         in PEM, sealed
     */
    public record SealedIdentity(String certificate, byte[] key) {}
}
