// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dkim.DkimKey;
import org.wildpost.core.dkim.DkimSigner;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.Mailbox;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.ejb.secret.Vault;
import org.wildpost.persistence.dkim.SigningKeys;

/** {@link Signing} with the active keys of the author's domain, which are known for {@link #KNOWN} without asking the database. */
@ApplicationScoped
public class DomainSigning implements Signing {
    /** How long the keys of a domain are believed; a rotation is heard of on all nodes after that. */
    static final Duration KNOWN = Duration.ofSeconds(30);

    /** Domains whose keys are known at once; beyond that all are asked for again. */
    static final int MAX_KNOWN = 10_000;

    @Inject
    SigningKeys keys;

    @Inject
    Vault vault;

    InstantSource clock = InstantSource.system();

    private final Map<DomainName, Known> known = new ConcurrentHashMap<>();

    private record Known(List<DkimKey> keys, Instant until) {}

    /** What the private key of a selector is sealed for. */
    static String purpose(DomainName domain, String selector) {
        return "dkim:" + selector + "._domainkey." + domain.ascii();
    }

    @Override
    public byte[] fields(SpooledMessage message, MessageIndex index) throws IOException {
        List<DkimKey> active = active(index);
        return active.isEmpty() ? new byte[0] : DkimSigner.sign(message, active, clock.instant());
    }

    @Override
    public byte[] fieldsOfServer(SpooledMessage message, MessageIndex index) throws IOException {
        Optional<DomainName> name = author(index);
        while (name.isPresent()) {
            List<DkimKey> active = keys(name.get());
            if (!active.isEmpty()) {
                return DkimSigner.sign(message, active, clock.instant());
            }
            name = above(name.get());
        }
        return new byte[0];
    }

    /** Never a top level alone, for that is nobody's. */
    private static Optional<DomainName> above(DomainName name) {
        String ascii = name.ascii();
        String rest = ascii.substring(ascii.indexOf('.') + 1);
        return ascii.startsWith("[") || ascii.indexOf('.') < 0 || rest.indexOf('.') < 0
                ? Optional.empty()
                : Optional.of(DomainName.parse(rest));
    }

    @Override
    public boolean signs(MessageIndex index) {
        return !active(index).isEmpty();
    }

    /** Makes the next signature of a domain ask for its keys. */
    public void forget(DomainName domain) {
        known.remove(domain);
    }

    private List<DkimKey> active(MessageIndex index) {
        return author(index).map(this::keys).orElse(List.of());
    }

    private List<DkimKey> keys(DomainName domain) {
        Instant now = clock.instant();
        Known found = known.get(domain);
        if (found != null && found.until().isAfter(now)) {
            return found.keys();
        }
        if (known.size() >= MAX_KNOWN) {
            known.clear();
        }
        List<DkimKey> opened = keys.active(domain).stream()
                .map(key -> new DkimKey(
                        domain,
                        key.selector(),
                        key.algorithm(),
                        key.algorithm().privateKey(vault.open(purpose(domain, key.selector()), key.sealed()))))
                .toList();
        known.put(domain, new Known(opened, now.plus(KNOWN)));
        return opened;
    }

    /** The domain of the first author: what DMARC aligns with. */
    private static Optional<DomainName> author(MessageIndex index) {
        for (Mailbox mailbox : index.envelope().from()) {
            String host = mailbox.host();
            if (host != null) {
                try {
                    return Optional.of(DomainName.parse(host));
                } catch (AddressException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
