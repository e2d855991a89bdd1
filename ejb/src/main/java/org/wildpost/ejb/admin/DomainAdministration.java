// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.ejb.admin.Refusal.Reason;
import org.wildpost.persistence.account.Account;
import org.wildpost.persistence.account.Accounts;
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
        domains.add(domain);
        return new Outcome.Done<>(DomainView.of(domain, 0));
    }

    /** Disables or enables a domain. */
    public Outcome<DomainView> change(String name, boolean disabled) {
        domains.lockAdministration();
        Optional<Domain> found = parse(name).flatMap(domains::find);
        if (found.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        Domain domain = found.get();
        if (disabled && !domain.disabled() && lockedOutWithout(domain)) {
            return lastAdministrator("disabled");
        }
        if (disabled) {
            domain.disable(Moments.now());
        } else {
            domain.enable(Moments.now());
        }
        return new Outcome.Done<>(DomainView.of(domain, accounts.of(domain.id()).size()));
    }

    /**
     * Deletes a domain.
     *
     * @param cascade whether its accounts and all their mail go with it; otherwise it must have none
     */
    public Outcome<DomainView> delete(String name, boolean cascade) {
        domains.lockAdministration();
        Optional<Domain> found = parse(name).flatMap(domains::find);
        if (found.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        Domain domain = found.get();
        List<Account> members = accounts.of(domain.id());
        if (!members.isEmpty() && !cascade) {
            return Outcome.refused("name", Reason.NOT_EMPTY, "the domain has " + members.size() + " accounts");
        }
        if (lockedOutWithout(domain)) {
            return lastAdministrator("name");
        }
        for (Account member : members) {
            mail.deleteAll(member.id());
            accounts.remove(member);
        }
        domains.remove(domain);
        return new Outcome.Done<>(DomainView.of(domain, members.size()));
    }

    /** Whether nobody could administer any more; a domain without administrators of its own takes nothing away. */
    private boolean lockedOutWithout(Domain domain) {
        return accounts.administratorsBeside(domain.id()) == 0
                && accounts.of(domain.id()).stream()
                        .anyMatch(account -> account.superAdmin() && !account.disabled() && !domain.disabled());
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
