// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.dns.DnsResolver;
import org.wildpost.core.https.HttpsAnswer;
import org.wildpost.core.https.HttpsClient;
import org.wildpost.core.tlsreport.ReportOrigin;
import org.wildpost.core.trust.Authorities;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.persistence.domain.Domains;

/** {@link ReportSender} over the queue and over HTTPS. */
@ApplicationScoped
public class OutgoingReports implements ReportSender {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    DnsResolver dns;

    @Inject
    ServerName serverName;

    @Inject
    SystemMail mail;

    @Inject
    Domains domains;

    @Override
    public Optional<String> byMail(ReportParcel parcel, EmailAddress to) {
        String hostname = serverName.get();
        EmailAddress from = ReportOrigin.of(hostname, domains::exists);
        return mail.post(from, to, ReportLetter.compose(parcel, from, to, hostname, Instant.now()));
    }

    @Override
    public Optional<String> byHttps(ReportParcel parcel, URI to) {
        HttpsClient https = new HttpsClient(dns, Authorities.ofThePlatform(), PATIENCE, HttpsClient.DEFAULT_MAX_BODY);
        return switch (https.post(to, ReportParcel.MEDIA_TYPE, parcel.gzip())) {
            case HttpsAnswer.Response(int status, String _, byte[] _) ->
                status / 100 == 2 ? Optional.empty() : Optional.of(to.getHost() + ": status " + status);
            case HttpsAnswer.Failed(HttpsAnswer.Stage _, String reason) -> Optional.of(reason);
        };
    }
}
