// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.ejb.admin.Refusal.Reason;
import org.wildpost.persistence.account.Account;
import org.wildpost.persistence.account.Accounts;
import org.wildpost.persistence.alias.Aliases;
import org.wildpost.persistence.domain.Domain;
import org.wildpost.persistence.domain.Domains;

/** What administrators do with domains. Each call is one transaction. Safe for all threads. */
@ApplicationScoped
@Transactional
public class DomainAdministration {
    @Inject
    Domains domains;

    @Inject
    Accounts accounts;

    @Inject
    Aliases aliases;

    @Inject
    AccountMail mail;

    /**
     * Domains whose name contains the text, by name.
     *
     * @param page from 1
     * @param size results of a page; {@link Page#DEFAULT_SIZE} when below 1
     */
    public Page<DomainView> list(String query, int page, int size) {
        Page.Window window = new Page.Window(page, size);
        return window.of(
                domains.search(query, window.offset(), window.size()),
                domains.count(query),
                counted -> DomainView.of(counted.domain(), counted.accounts()));
    }

    /** The domain of that name, as typed. */
    public Optional<DomainView> find(String name) {
        return parse(name)
                .flatMap(domains::findCounted)
                .map(counted -> DomainView.of(counted.domain(), counted.accounts()));
    }

    /** Makes a domain that takes mail at once. */
    public Outcome<DomainView> create(String name) {
        return create(name, DomainChange.NONE);
    }

    /** Makes a domain, and changes it at once. */
    public Outcome<DomainView> create(String name, DomainChange change) {
        AccountRules rules = new AccountRules();
        Optional<DomainName> parsed = rules.domain(name);
        if (parsed.isEmpty()) {
            return rules.refused();
        }
        domains.lockAdministration();
        if (domains.exists(parsed.get())) {
            return Outcome.refused("name", Reason.TAKEN, "the domain " + parsed.get() + " exists already");
        }
        Domain domain = new Domain(parsed.get(), Moments.now());
        List<Refusal> refusals = rule(domain, change, false);
        if (!refusals.isEmpty()) {
            return new Outcome.Refused<>(refusals);
        }
        if (change.disabled().orElse(false)) {
            domain.disable(Moments.now());
        }
        domains.add(domain);
        return new Outcome.Done<>(DomainView.of(domain, 0));
    }

    /** Changes some of a domain, all or nothing. */
    public Outcome<DomainView> change(String name, DomainChange change) {
        domains.lockAdministration();
        Optional<Domain> found = parse(name).flatMap(domains::find);
        if (found.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        Domain domain = found.get();
        boolean disabled = change.disabled().orElse(domain.disabled());
        if (disabled && !domain.disabled() && lockedOutWithout(domain)) {
            return lastAdministrator("disabled");
        }
        List<Refusal> refusals = rule(domain, change, true);
        if (!refusals.isEmpty()) {
            return new Outcome.Refused<>(refusals);
        }
        if (disabled) {
            domain.disable(Moments.now());
        } else {
            domain.enable(Moments.now());
        }
        return new Outcome.Done<>(DomainView.of(domain, accounts.of(domain.id()).size()));
    }

    /** Gives the domain its rule; what is refused is not changed. */
    private List<Refusal> rule(Domain domain, DomainChange change, boolean stored) {
        DomainRule rule = DomainRule.of(domain, change);
        if (!rule.refusals().isEmpty()) {
            return rule.refusals();
        }
        Instant now = Moments.now();
        if (rule.aliasOf().isPresent()) {
            Optional<Domain> other = domains.find(rule.aliasOf().get());
            List<Refusal> refusals = aliasRefusals(domain, other, stored);
            if (!refusals.isEmpty() || other.isEmpty()) {
                return refusals;
            }
            domain.standFor(other.get(), now);
        } else if (rule.forwardTo().isPresent()) {
            domain.forward(rule.forwardTo().get(), now);
        } else if (rule.catchAll().isPresent()) {
            domain.catchAll(rule.catchAll().get(), now);
        } else {
            domain.ruleNothing(now);
        }
        return List.of();
    }

    /** Why one domain cannot be another name of the other. */
    private List<Refusal> aliasRefusals(Domain domain, Optional<Domain> other, boolean stored) {
        if (other.isEmpty()) {
            return refusal("aliasOf", Reason.NO_SUCH_DOMAIN, "that domain is not hosted here");
        }
        if (other.get().aliasOf().isPresent()) {
            return refusal("aliasOf", Reason.ALIAS_DOMAIN, other.get() + " only stands for another domain itself");
        }
        if (stored && domains.hasAliases(domain.id())) {
            return refusal("aliasOf", Reason.IN_USE, "other domains stand for " + domain);
        }
        if (stored && (!accounts.of(domain.id()).isEmpty() || aliases.countOf(domain.id()) > 0)) {
            return refusal("aliasOf", Reason.NOT_EMPTY, "the domain has accounts or aliases of its own");
        }
        return List.of();
    }

    private static List<Refusal> refusal(String field, Reason reason, String text) {
        return List.of(new Refusal(field, reason, text));
    }

    /**
     * Deletes a domain.
     *
     * @param cascade whether its aliases, its accounts and all their mail go with it; otherwise it must have none
     */
    public Outcome<DomainView> delete(String name, boolean cascade) {
        domains.lockAdministration();
        Optional<Domain> found = parse(name).flatMap(domains::find);
        if (found.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        Domain domain = found.get();
        List<Account> members = accounts.of(domain.id());
        long others = aliases.countOf(domain.id());
        if ((!members.isEmpty() || others > 0) && !cascade) {
            return Outcome.refused(
                    "name",
                    Reason.NOT_EMPTY,
                    "the domain has " + members.size() + " accounts and " + others + " aliases");
        }
        if (domains.hasAliases(domain.id())) {
            return Outcome.refused("name", Reason.IN_USE, "other domains stand for " + domain);
        }
        if (lockedOutWithout(domain)) {
            return lastAdministrator("name");
        }
        for (Account member : members) {
            mail.deleteAll(member.id());
            accounts.remove(member);
        }
        aliases.removeAllOf(domain.id());
        domains.remove(domain);
        return new Outcome.Done<>(DomainView.of(domain, members.size()));
    }

    /** Whether nobody could administer any more; a domain without administrators of its own takes nothing away. */
    private boolean lockedOutWithout(Domain domain) {
        return accounts.administratorsBeside(domain.id()) == 0
                && accounts.of(domain.id()).stream()
                        .anyMatch(account -> account.superAdmin()
                                && !account.disabled()
                                && !account.redirectOnly()
                                && !domain.disabled());
    }

    private static Outcome<DomainView> lastAdministrator(String field) {
        return Outcome.refused(
                field, Reason.LAST_ADMINISTRATOR, "the last administrator who can log in is of this domain");
    }

    private static Optional<DomainName> parse(String name) {
        try {
            return Optional.of(DomainName.parse(name.strip()));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }
}
