// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.DnsAnswer;
import org.wildpost.core.dns.DnsResolver;
import org.wildpost.core.tlsreport.ReportAddresses;
import org.wildpost.core.tlsreport.TlsReport;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.transport.TlsReportRows;
import org.wildpost.persistence.transport.TlsSessionRows;
import org.wildpost.persistence.transport.TlsSessionRows.Claim;

/**
 * Tells each domain that wants it what became of TLS on the way to it yesterday (RFC 8460 §4.1): once, from one of all nodes, some time after midnight in UTC that is
 * another one for each server, and again every hour of a day while nobody takes it. Safe for all threads.
 */
@ApplicationScoped
public class DailyReports {
    /** How long counters and received reports are kept. */
    static final Duration KEPT = Duration.ofDays(30);

    /** How long reports of others are kept. */
    static final Duration RECEIVED_KEPT = Duration.ofDays(365);

    /** Failure details that a report has for each policy at most. */
    static final int MAX_DETAILS = 100;

    /** Tries of one report, an hour apart (RFC 8460 §5.5 has a day). */
    static final int MAX_ATTEMPTS = 24;

    private static final Duration SPREAD = Duration.ofHours(4);
    private static final Duration LEASE = Duration.ofHours(1);
    private static final int BATCH = 200;
    private static final Logger LOG = System.getLogger(DailyReports.class.getName());

    @Inject
    Database database;

    @Inject
    DnsResolver dns;

    @Inject
    TlsResults results;

    @Inject
    ReportSender sender;

    @Inject
    ServerName serverName;

    InstantSource clock = InstantSource.system();

    /** Sends what is due. */
    public void send() {
        send(offset());
    }

    /** Sends yesterday's reports without waiting for this server's time after midnight; one that was told already is not told again. */
    public void sendNow() {
        send(Duration.ZERO);
    }

    private void send(Duration afterMidnight) {
        results.flush();
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Instant begins = today.atStartOfDay(ZoneOffset.UTC).toInstant().plus(afterMidnight);
        List<Claim> claims = database.transaction(connection -> {
            TlsSessionRows rows = new TlsSessionRows(connection);
            if (!now.isBefore(begins)) {
                rows.begin(today.minusDays(1), now, BATCH);
            }
            return rows.claim(now, LEASE, BATCH);
        });
        claims.forEach(this::send);
        database.transaction(connection -> {
            new TlsSessionRows(connection).sweep(today.minusDays(KEPT.toDays()));
            return new TlsReportRows(connection).sweep(now.minus(RECEIVED_KEPT));
        });
    }

    /** The same for a server every day, and spread over all servers: not all of them at once (RFC 8460 §4.1). */
    private Duration offset() {
        return Duration.ofSeconds(Math.floorMod(serverName.get().hashCode(), SPREAD.toSeconds()));
    }

    private void send(Claim claim) {
        DomainName domain = new DomainName(claim.domain());
        switch (dns.txt(ReportAddresses.name(domain))) {
            case DnsAnswer.Found<String>(List<String> texts, boolean _, long _) ->
                ReportAddresses.of(texts)
                        .ifPresentOrElse(addresses -> send(claim, domain, addresses), () -> end(claim, "unwanted", ""));
            case DnsAnswer.None<String> _ -> end(claim, "unwanted", "");
            case DnsAnswer.Failed<String>(String reason) -> again(claim, List.of(reason));
        }
    }

    private void send(Claim claim, DomainName domain, ReportAddresses addresses) {
        List<TlsReport.PolicyResult> policies = database.statement(
                connection -> new TlsSessionRows(connection).results(claim.day(), claim.domain(), MAX_DETAILS));
        String hostname = serverName.get();
        TlsReport report = new TlsReport(
                hostname,
                "postmaster@" + hostname,
                claim.reportId(),
                claim.day().atStartOfDay(ZoneOffset.UTC).toInstant(),
                claim.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1),
                policies);
        ReportParcel parcel = ReportParcel.of(report, domain, hostname);
        List<String> reasons = new ArrayList<>();
        int taken = 0;
        for (var to : addresses.mail()) {
            taken += note(sender.byMail(parcel, to), reasons);
        }
        for (var to : addresses.https()) {
            taken += note(sender.byHttps(parcel, to), reasons);
        }
        if (taken > 0) {
            end(claim, "sent", String.join("; ", reasons));
        } else {
            again(claim, reasons);
        }
    }

    private static int note(Optional<String> problem, List<String> reasons) {
        problem.ifPresent(reasons::add);
        return problem.isEmpty() ? 1 : 0;
    }

    private void again(Claim claim, List<String> reasons) {
        String reason = String.join("; ", reasons);
        LOG.log(Level.INFO, () -> "The TLS report for " + claim.domain() + " could not be sent: " + reason);
        end(claim, claim.attempts() >= MAX_ATTEMPTS ? "failed" : "open", reason);
    }

    private void end(Claim claim, String state, String outcome) {
        database.transaction(connection -> {
            new TlsSessionRows(connection).end(claim, state, outcome);
            return state;
        });
    }
}
