// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.sts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.DnsAnswer;
import org.wildpost.core.dns.DnsResolver;
import org.wildpost.core.https.HttpsClient;
import org.wildpost.core.sts.StsPolicy;
import org.wildpost.core.sts.StsRecord;
import org.wildpost.core.trust.Authorities;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.transport.StsPolicyRows;
import org.wildpost.persistence.transport.StsPolicyRows.Fetched;

/**
 * Knows the policies of domains (RFC 8461 §3.3): asks for the record, fetches when its id is new, keeps what was fetched in the database for {@code max_age}, and holds on to
 * that when the record or the policy cannot be had. Never throws for what others do. Safe for all threads.
 */
@ApplicationScoped
public class StsPolicies {
    /** After how long a kept policy is fetched again although it is good (RFC 8461 §3.3 suggests once a day); sooner when half of its time is over. */
    public static final Duration REFRESH_AFTER = Duration.ofDays(1);

    /** How long a failed fetch is not repeated (RFC 8461 §3.3). */
    public static final Duration BACK_OFF = Duration.ofMinutes(5);

    /** How long a policy is used from memory before the database is asked again. */
    static final Duration FRESH = Duration.ofMinutes(1);

    /** How long a policy that nobody uses is refreshed. */
    static final Duration USED = Duration.ofDays(30);

    /** For one fetch, all in all (RFC 8461 §3.3 suggests a minute). */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration LEASE = Duration.ofMinutes(30);
    private static final int BATCH = 200;
    private static final int MAX_KEPT = 10_000;
    private static final int HTTPS_PORT = 443;
    private static final Logger LOG = System.getLogger(StsPolicies.class.getName());

    @Inject
    DnsResolver dns;

    @Inject
    Database database;

    InstantSource clock = InstantSource.system();

    private final Map<DomainName, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<DomainName, Kept> eldest) {
            return size() > MAX_KEPT;
        }
    };
    private final Map<DomainName, CompletableFuture<StsFinding>> fetching = new ConcurrentHashMap<>();
    private volatile @Nullable StsFetcher fetcher;

    /**
     * What is known of a domain.
     *
     * @param failure the last fetch when it failed, not repeated before its back-off ends
     */
    private record Kept(Optional<Fetched> policy, Instant until, Optional<Failure> failure) {}

    private record Failure(StsFinding.Unreachable finding, String id, Instant until) {}

    /** The policy of a domain, now. */
    public StsFinding find(DomainName domain) {
        Instant now = clock.instant();
        Kept known = known(domain, now);
        Optional<Fetched> good = known.policy().filter(policy -> policy.isGoodAt(now));
        DnsAnswer<String> answer = dns.txt(StsRecord.name(domain));
        Optional<StsRecord> record = StsRecord.of(answer.recordsOrNone());
        if (record.isEmpty()) {
            // A record that went away or cannot be had ends nothing before its time.
            return good.map(StsPolicies::finding).orElseGet(StsFinding.Absent::new);
        }
        if (good.isPresent() && good.get().id().equals(record.get().id())) {
            return finding(good.get());
        }
        String id = record.get().id();
        StsFinding fetched = known.failure()
                .filter(failure -> failure.id().equals(id) && now.isBefore(failure.until()))
                .<StsFinding>map(Failure::finding)
                .orElseGet(() -> fetch(domain, id));
        return fetched instanceof StsFinding.Published
                ? fetched
                : good.map(StsPolicies::finding).orElse(fetched);
    }

    /** The kept policy of a domain, for reports; nothing is fetched. */
    public Optional<StsPolicy> known(DomainName domain) {
        Instant now = clock.instant();
        return known(domain, now)
                .policy()
                .filter(policy -> policy.isGoodAt(now))
                .map(Fetched::policy);
    }

    /**
     * Fetches again what was fetched long ago and is in use, so that no policy ends while it is needed.
     *
     * @return how many were fetched
     */
    public int refresh() {
        Instant now = clock.instant();
        List<DomainName> due = database.transaction(
                connection -> new StsPolicyRows(connection).claim(now, now.minus(USED), LEASE, BATCH));
        int fetched = 0;
        for (DomainName domain : due) {
            Optional<StsRecord> record =
                    StsRecord.of(dns.txt(StsRecord.name(domain)).recordsOrNone());
            if (record.isPresent() && fetch(domain, record.get().id()) instanceof StsFinding.Published) {
                fetched++;
            }
        }
        database.transaction(connection -> new StsPolicyRows(connection).sweep(now));
        return fetched;
    }

    private Kept known(DomainName domain, Instant now) {
        @Nullable Kept before;
        synchronized (kept) {
            before = kept.get(domain);
        }
        if (before != null && now.isBefore(before.until())) {
            return before;
        }
        Optional<Failure> failure = before == null ? Optional.empty() : before.failure();
        try {
            Optional<Fetched> stored = database.statement(connection -> new StsPolicyRows(connection).use(domain, now));
            return keep(domain, new Kept(stored, now.plus(FRESH), failure));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The MTA-STS policies cannot be read", e);
            return before == null ? new Kept(Optional.empty(), now, Optional.empty()) : before;
        }
    }

    private Kept keep(DomainName domain, Kept now) {
        synchronized (kept) {
            kept.put(domain, now);
        }
        return now;
    }

    /** One fetch at a time for a domain; who comes meanwhile gets the same. */
    private StsFinding fetch(DomainName domain, String id) {
        CompletableFuture<StsFinding> mine = new CompletableFuture<>();
        CompletableFuture<StsFinding> running = fetching.putIfAbsent(domain, mine);
        if (running != null) {
            return running.join();
        }
        StsFinding finding = new StsFinding.Absent();
        try {
            finding = fetcher().fetch(domain);
            note(domain, id, finding);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The MTA-STS policy of " + domain + " could not be kept", e);
        } finally {
            fetching.remove(domain);
            mine.complete(finding);
        }
        return finding;
    }

    private void note(DomainName domain, String id, StsFinding finding) {
        Instant now = clock.instant();
        switch (finding) {
            case StsFinding.Published(StsPolicy policy) -> {
                Fetched fetched = new Fetched(id, policy, now);
                keep(domain, new Kept(Optional.of(fetched), now.plus(FRESH), Optional.empty()));
                database.transaction(connection -> {
                    new StsPolicyRows(connection).put(domain, fetched, now.plus(refreshAfter(policy)));
                    return fetched;
                });
            }
            case StsFinding.Unreachable unreachable -> {
                LOG.log(Level.INFO, () -> "The MTA-STS policy of " + domain + ": " + unreachable.reason());
                Kept before = known(domain, now);
                keep(
                        domain,
                        new Kept(
                                before.policy(),
                                before.until(),
                                Optional.of(new Failure(unreachable, id, now.plus(BACK_OFF)))));
            }
            case StsFinding.Absent _ -> {}
        }
    }

    /** Ahead of its end also where that is a day away or less, as many domains have it. */
    private static Duration refreshAfter(StsPolicy policy) {
        Duration half = policy.maxAge().dividedBy(2);
        return half.compareTo(REFRESH_AFTER) < 0 ? half : REFRESH_AFTER;
    }

    private static StsFinding finding(Fetched fetched) {
        return new StsFinding.Published(fetched.policy());
    }

    private StsFetcher fetcher() {
        StsFetcher known = fetcher;
        if (known == null) {
            known = new StsFetcher(
                    new HttpsClient(dns, Authorities.ofThePlatform(), PATIENCE, StsPolicy.MAX_OCTETS), HTTPS_PORT);
            fetcher = known;
        }
        return known;
    }

    /** For tests: another way to fetch. */
    void fetchBy(StsFetcher other) {
        fetcher = other;
    }
}
