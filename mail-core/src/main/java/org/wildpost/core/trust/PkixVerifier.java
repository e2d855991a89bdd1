// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.trust;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.transport.PeerVerifier;
import org.wildpost.core.transport.Verification;
import org.wildpost.core.transport.Verification.Flaw;

/**
 * By public authorities and names (RFC 5280 §6, RFC 9525 §6).
 *
 * @param names the certificate must be for one of these names or address literals; never empty
 */
public record PkixVerifier(List<DomainName> names, Authorities authorities) implements PeerVerifier {
    public PkixVerifier {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a certificate of nobody proves nothing");
        }
    }

    @Override
    public Verification verify(X509Certificate[] chain) {
        Optional<Verification.Rejected> problem = authorities.problem(chain);
        if (problem.isPresent()) {
            return problem.get();
        }
        return HostNames.anyMatches(chain[0], names)
                ? new Verification.Proved("pkix")
                : new Verification.Rejected(Flaw.HOST_MISMATCH, mismatch(names));
    }

    static String mismatch(List<DomainName> names) {
        return "the certificate is not for "
                + names.stream().map(DomainName::ascii).collect(Collectors.joining(" or "));
    }
}
