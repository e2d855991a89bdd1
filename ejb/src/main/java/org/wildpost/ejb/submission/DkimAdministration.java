// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dkim.DkimAlgorithm;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.admin.Refusal;
import org.wildpost.ejb.secret.Vault;
import org.wildpost.persistence.dkim.SigningKey;
import org.wildpost.persistence.dkim.SigningKeys;
import org.wildpost.persistence.domain.Domain;
import org.wildpost.persistence.domain.Domains;

/**
 * What administrators do with the keys of a domain: each rotation makes an RSA and an Ed25519 key under selectors of its date. The first pair
 * signs at once; later ones wait until their records are in the DNS, and those before stay published for {@link #OVERLAP}. Each call is one
 * transaction. Safe for all threads.
 */
@ApplicationScoped
@Transactional
public class DkimAdministration {
    /** How long a key that signs no more stays: mail that it signed may wait in queues for five days, and be read later. */
    public static final Duration OVERLAP = Duration.ofDays(7);

    /** Keys that a domain may have at once: more rotations than that wait for the overlap. */
    static final int MAX_KEYS = 20;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    @Inject
    Domains domains;

    @Inject
    SigningKeys keys;

    @Inject
    Vault vault;

    @Inject
    DomainSigning signing;

    InstantSource clock = InstantSource.system();

    /** The keys of a domain, the newest first; empty when there is no such domain. */
    public Optional<List<DkimView>> list(String domain) {
        return domain(domain)
                .map(found -> keys.of(found.name()).stream().map(DkimView::of).toList());
    }

    /** Makes a new pair of keys. */
    public Outcome<List<DkimView>> rotate(String domain) {
        domains.lockAdministration();
        Optional<Domain> found = domain(domain);
        if (found.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        List<SigningKey> before = keys.of(found.get().name());
        if (before.size() + DkimAlgorithm.values().length > MAX_KEYS) {
            return Outcome.refused(
                    "domain",
                    Refusal.Reason.TOO_MANY,
                    "the domain has " + before.size() + " keys; delete old ones first");
        }
        boolean first = before.stream().noneMatch(key -> key.state() == SigningKey.State.ACTIVE);
        Set<String> taken = new TreeSet<>();
        before.forEach(key -> taken.add(key.selector()));
        List<DkimView> made = new ArrayList<>();
        for (DkimAlgorithm algorithm : DkimAlgorithm.values()) {
            SigningKey key = newKey(found.get(), algorithm, taken);
            if (first) {
                key.activate(clock.instant());
            }
            keys.add(key);
            made.add(DkimView.of(key));
        }
        signing.forget(found.get().name());
        return new Outcome.Done<>(made);
    }

    /** Lets the pending keys of a domain sign, whatever the DNS says, and retires those that signed before. */
    public Outcome<List<DkimView>> activate(String domain) {
        domains.lockAdministration();
        Optional<Domain> found = domain(domain);
        if (found.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        List<SigningKey> all = keys.of(found.get().name());
        if (all.stream().noneMatch(key -> key.state() == SigningKey.State.PENDING)) {
            return Outcome.refused("domain", Refusal.Reason.MISSING, "the domain has no pending key; rotate first");
        }
        activate(all);
        signing.forget(found.get().name());
        return new Outcome.Done<>(all.stream().map(DkimView::of).toList());
    }

    /** Deletes a key; mail that it signed and that is still under way fails its signature. */
    public Outcome<DkimView> delete(String domain, String selector) {
        domains.lockAdministration();
        Optional<Domain> found = domain(domain);
        Optional<SigningKey> key = found.flatMap(known -> keys.of(known.name()).stream()
                .filter(one -> one.selector().equals(selector))
                .findFirst());
        if (key.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        keys.remove(key.get());
        signing.forget(found.orElseThrow().name());
        return new Outcome.Done<>(DkimView.of(key.get()));
    }

    /** Keys that wait for their record; for the timer. */
    public List<DkimView> pending() {
        return keys.pending().stream().map(DkimView::of).toList();
    }

    /** Activates the pending keys of a domain if these are all of them. */
    public void activatePublished(DomainName domain, Set<String> selectors) {
        domains.lockAdministration();
        List<SigningKey> all = keys.of(domain);
        boolean complete = all.stream()
                .filter(key -> key.state() == SigningKey.State.PENDING)
                .allMatch(key -> selectors.contains(key.selector()));
        if (complete) {
            activate(all);
            signing.forget(domain);
        }
    }

    /** Removes keys whose overlap is over. */
    public int sweep() {
        List<SigningKey> over = keys.retiredBefore(clock.instant().minus(OVERLAP));
        over.forEach(keys::remove);
        return over.size();
    }

    private void activate(List<SigningKey> all) {
        Instant now = clock.instant();
        for (SigningKey key : all) {
            switch (key.state()) {
                case ACTIVE -> key.retire(now);
                case PENDING -> key.activate(now);
                case RETIRED -> {}
            }
        }
    }

    private SigningKey newKey(Domain domain, DkimAlgorithm algorithm, Set<String> taken) {
        String selector = selector(algorithm, taken);
        taken.add(selector);
        KeyPair pair = algorithm.newKeyPair();
        byte[] sealed = vault.seal(
                DomainSigning.purpose(domain.name(), selector),
                pair.getPrivate().getEncoded());
        return new SigningKey(
                domain, selector, algorithm, sealed, algorithm.keyRecord(pair.getPublic()), clock.instant());
    }

    /** Such as {@code r20261105} and {@code e20261105}; a second one of the day has a number behind it. */
    private String selector(DkimAlgorithm algorithm, Set<String> taken) {
        String dated = algorithm.keyType().charAt(0) + DATE.format(clock.instant());
        String selector = dated;
        for (int number = 2; taken.contains(selector); number++) {
            selector = dated + "-" + number;
        }
        return selector;
    }

    private Optional<Domain> domain(String name) {
        try {
            return domains.find(DomainName.parse(name.strip()));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }
}
