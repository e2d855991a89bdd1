// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.DnsResolver;
import org.wildpost.core.sts.StsPolicy;
import org.wildpost.core.tlsreport.ResultType;
import org.wildpost.core.transport.TlsSighting;
import org.wildpost.core.transport.Verification;
import org.wildpost.ejb.outbound.TlsFailures;
import org.wildpost.ejb.outbound.TlsWitness;
import org.wildpost.ejb.sts.StsPolicies;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.transport.TlsSessionRows;
import org.wildpost.persistence.transport.TlsSessionRows.Failure;
import org.wildpost.persistence.transport.TlsSessionRows.SessionKey;

/**
 * Counts what became of TLS (RFC 8460 §4.3): in memory, written to the database every minute, so that no session waits for it; a crash loses that minute. Policies of our own
 * operators are nobody else's business and not counted. Safe for all threads.
 */
@ApplicationScoped
public class TlsResults implements TlsWitness, TlsFailures {
    /** Different counters in memory at most; what comes then is counted without its details. */
    static final int MAX_COUNTERS = 20_000;

    private static final Logger LOG = System.getLogger(TlsResults.class.getName());
    private static final int SMTP_PORT = 25;
    private static final int MAX_REASON = 200;

    @Inject
    Database database;

    @Inject
    DnsResolver dns;

    @Inject
    StsPolicies sts;

    InstantSource clock = InstantSource.system();

    private final ConcurrentHashMap<Counter, Long> counters = new ConcurrentHashMap<>();

    /**
     * What is counted.
     *
     * @param failure empty: it went well
     */
    private record Counter(SessionKey key, Optional<Failure> failure) {}

    @Override
    public void saw(Encounter encounter) {
        Optional<Failure> failure = type(encounter.tls())
                .map(type -> new Failure(
                        type.text(),
                        encounter.local().getHostAddress(),
                        encounter.hop().host().ascii(),
                        encounter.remote().getHostAddress(),
                        reason(encounter.tls())));
        count(encounter.shipment().destination(), encounter.hop().host(), encounter.policy(), failure);
    }

    @Override
    public void failed(DomainName destination, DomainName host, String policy, ResultType type, String reason) {
        count(destination, host, policy, Optional.of(new Failure(type.text(), "", host.ascii(), "", cut(reason))));
    }

    private void count(DomainName destination, DomainName host, String policy, Optional<Failure> failure) {
        String type = policyType(policy);
        if (type.isEmpty()) {
            return;
        }
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        SessionKey key = new SessionKey(day, destination.ascii(), type, type.equals("tlsa") ? host.ascii() : "");
        Counter counter = new Counter(key, failure);
        if (counters.size() >= MAX_COUNTERS && !counters.containsKey(counter)) {
            counter = new Counter(key, failure.map(detailed -> new Failure(detailed.resultType(), "", "", "", "")));
        }
        counters.merge(counter, 1L, Long::sum);
    }

    /** Writes what was counted since the last time; what cannot be written is counted again. */
    public void flush() {
        Map<SessionKey, Map<Counter, Long>> full = new HashMap<>();
        for (Counter counter : List.copyOf(counters.keySet())) {
            Long count = counters.remove(counter);
            if (count != null) {
                full.computeIfAbsent(counter.key(), _ -> new HashMap<>()).put(counter, count);
            }
        }
        full.forEach((key, counts) -> {
            try {
                write(key, counts);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "The results of TLS could not be written; they stay in memory", e);
                counts.forEach((counter, count) -> counters.merge(counter, count, Long::sum));
            }
        });
    }

    /** What was counted is written before the end. */
    @PreDestroy
    void stop() {
        flush();
    }

    private void write(SessionKey key, Map<Counter, Long> counts) {
        List<String> policy = new ArrayList<>();
        List<String> patterns = new ArrayList<>();
        if (key.type().equals("sts")) {
            Optional<StsPolicy> known = sts.known(new DomainName(key.domain()));
            known.ifPresent(one -> {
                policy.addAll(one.lines());
                patterns.addAll(one.mx());
            });
        } else if (key.type().equals("tlsa")) {
            dns.tlsa(new DomainName(key.mxHost()), SMTP_PORT)
                    .recordsOrNone()
                    .forEach(record -> policy.add(record.toString()));
        }
        long successes = sum(counts, false);
        long failures = sum(counts, true);
        database.transaction(connection -> {
            TlsSessionRows rows = new TlsSessionRows(connection);
            rows.add(key, policy, patterns, successes, failures);
            for (Map.Entry<Counter, Long> entry : counts.entrySet()) {
                if (entry.getKey().failure().isPresent()) {
                    rows.addFailures(key, entry.getKey().failure().get(), entry.getValue());
                }
            }
            return key;
        });
    }

    private static long sum(Map<Counter, Long> counts, boolean failed) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().failure().isPresent() == failed)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** In the words of reports (RFC 8460 §4.4); empty for what is not reported, or was when the host was chosen. */
    static String policyType(String policy) {
        if (policy.startsWith("dane") || policy.equals("requiretls:dane")) {
            return "tlsa";
        }
        if (policy.startsWith("sts:") && !policy.equals("sts:mismatch") || policy.equals("requiretls:sts")) {
            return "sts";
        }
        return policy.equals("opportunistic") ? "no-policy-found" : "";
    }

    private static Optional<ResultType> type(TlsSighting tls) {
        return switch (tls) {
            case TlsSighting.Secured(String _, String _, Verification.Rejected(Verification.Flaw flaw, String _)) ->
                Optional.of(
                        switch (flaw) {
                            case HOST_MISMATCH -> ResultType.CERTIFICATE_HOST_MISMATCH;
                            case EXPIRED -> ResultType.CERTIFICATE_EXPIRED;
                            case NOT_TRUSTED -> ResultType.CERTIFICATE_NOT_TRUSTED;
                            case OTHER -> ResultType.VALIDATION_FAILURE;
                        });
            case TlsSighting.Secured _ -> Optional.empty();
            case TlsSighting.NotOffered _ -> Optional.of(ResultType.STARTTLS_NOT_SUPPORTED);
            case TlsSighting.Broken _ -> Optional.of(ResultType.VALIDATION_FAILURE);
        };
    }

    private static String reason(TlsSighting tls) {
        return switch (tls) {
            case TlsSighting.Secured(String _, String _, Verification.Rejected rejected) -> cut(rejected.reason());
            case TlsSighting.Broken(String reason) -> cut(reason);
            default -> "";
        };
    }

    private static String cut(String reason) {
        return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
    }
}
