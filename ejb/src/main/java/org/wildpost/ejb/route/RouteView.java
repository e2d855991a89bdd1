// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.tls.PemCertificates;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.persistence.transport.OutgoingRoute;
import org.wildpost.persistence.transport.RouteSettings;

/**
 * A route as administrators see it; nothing of its secrets.
 *
 * @param host        empty: the exchangers of the recipient's domain
 * @param username    with whom it logs in, if it does
 * @param certificate whose certificate it shows, if it does
 */
public record RouteView(
        long id,
        Optional<DomainName> senderDomain,
        Optional<DomainName> recipientDomain,
        Optional<DomainName> host,
        int port,
        TlsLevel tls,
        List<DomainName> tlsNames,
        boolean implicitTls,
        Optional<String> username,
        boolean clearText,
        Optional<String> certificate,
        boolean disabled,
        String note,
        Instant createdAt,
        Instant updatedAt) {
    static RouteView of(OutgoingRoute route) {
        RouteSettings settings = route.settings();
        return new RouteView(
                route.id(),
                settings.sender(),
                settings.recipient(),
                settings.host(),
                settings.port(),
                settings.tls(),
                settings.tlsNames(),
                settings.implicitTls(),
                settings.login().map(RouteSettings.SealedLogin::username),
                settings.login().map(RouteSettings.SealedLogin::clearText).orElse(false),
                settings.identity().map(RouteView::subject),
                settings.disabled(),
                settings.note(),
                route.createdAt(),
                route.updatedAt());
    }

    private static String subject(RouteSettings.SealedIdentity identity) {
        try {
            return PemCertificates.parse(identity.certificate())
                    .getFirst()
                    .getSubjectX500Principal()
                    .getName();
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
