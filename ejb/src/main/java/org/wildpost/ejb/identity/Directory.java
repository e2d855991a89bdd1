// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.persistence.address.AddressReads;
import org.wildpost.persistence.address.DomainRules;
import org.wildpost.persistence.address.Finding;
import org.wildpost.persistence.address.Holder;
import org.wildpost.persistence.domain.Domains;
import org.wildpost.persistence.jdbc.Database;

/**
 * Who takes mail here. An address is looked for as the whole local part, then as what stands before the first {@code +} (RFC 5233 §4), then by the
 * rule of its domain. Each question is one query over indexes and needs no transaction. Safe for all threads.
 */
@ApplicationScoped
public class Directory {
    /** How many steps an address may be away from the account that writes under it. */
    static final int MAX_STEPS = 8;

    @Inject
    Database database;

    @Inject
    Domains domains;

    /** Whether mail for this domain is for this server and never relayed; also when the domain is disabled. */
    public boolean isLocal(DomainName domain) {
        return domains.exists(domain);
    }

    /** What these addresses are, in their order; one query for all. */
    public Map<EmailAddress, Resolution> resolve(Collection<EmailAddress> addresses) {
        List<EmailAddress> asked = List.copyOf(new LinkedHashSet<>(addresses));
        List<Finding> found = asked.isEmpty()
                ? List.of()
                : database.statement(connection -> new AddressReads(connection).find(asked));
        Map<EmailAddress, Resolution> resolutions = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            resolutions.put(asked.get(i), resolution(asked.get(i), found.get(i)));
        }
        return resolutions;
    }

    /** The enabled account that has the address, by its own name or by that with a tag; aliases and rules of domains do not count. */
    public Optional<Resolution.Account> recipient(EmailAddress address) {
        return resolve(List.of(address)).get(address) instanceof Resolution.Account account
                ? Optional.of(account)
                : Optional.empty();
    }

    /**
     * Whether what administrators set up leads mail for the address to the account: its own name, aliases and rules of domains, but no account's
     * redirect. One query for each step.
     */
    public boolean leadsTo(EmailAddress address, AccountId account) {
        Set<EmailAddress> seen = new HashSet<>();
        List<EmailAddress> next = List.of(address);
        for (int step = 0; step < MAX_STEPS && !next.isEmpty(); step++) {
            List<EmailAddress> later = new ArrayList<>();
            for (Resolution resolution : resolve(next).values()) {
                switch (resolution) {
                    case Resolution.Account found -> {
                        if (found.account().equals(account)) {
                            return true;
                        }
                    }
                    case Resolution.Forwarder forwarder -> later.addAll(forwarder.targets());
                    case Resolution.SameAs same -> later.add(same.address());
                    case Resolution.Outside _, Resolution.Unknown _, Resolution.Disabled _ -> {}
                }
            }
            next = later.stream().filter(seen::add).toList();
        }
        return false;
    }

    private static Resolution resolution(EmailAddress asked, Finding found) {
        if (found.rules().isEmpty()) {
            return Resolution.OUTSIDE;
        }
        DomainRules rules = found.rules().get();
        if (found.holder().isPresent()) {
            Holder holder = found.holder().get();
            return rules.enabled() && holder.enabled() ? resolution(holder) : Resolution.DISABLED;
        }
        if (!rules.enabled()) {
            return Resolution.UNKNOWN;
        }
        return rules.aliasOf()
                .<Resolution>map(domain -> new Resolution.SameAs(new EmailAddress(asked.localPart(), domain)))
                .or(() -> rules.forwardTo()
                        .map(domain -> new Resolution.PassedOn(asked, new EmailAddress(asked.localPart(), domain))))
                .or(() -> rules.catchAll().map(address -> new Resolution.PassedOn(asked, address)))
                .orElse(Resolution.UNKNOWN);
    }

    private static Resolution resolution(Holder holder) {
        return switch (holder) {
            case Holder.Account account -> {
                boolean redirects = !account.redirectTo().isEmpty();
                yield new Resolution.Account(
                        account.account(),
                        account.address(),
                        account.redirectTo(),
                        !account.redirectOnly() && !(redirects && account.discard()),
                        account.internalOnly(),
                        account.quota());
            }
            case Holder.Alias alias -> new Resolution.Alias(alias.address(), alias.targets(), alias.internalOnly());
        };
    }
}
