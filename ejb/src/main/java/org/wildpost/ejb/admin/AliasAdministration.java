// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.persistence.alias.Alias;
import org.wildpost.persistence.alias.Aliases;
import org.wildpost.persistence.domain.Domain;
import org.wildpost.persistence.domain.Domains;

/** What administrators do with aliases. Each call is one transaction. Safe for all threads. */
@ApplicationScoped
@Transactional
public class AliasAdministration {
    @Inject
    Domains domains;

    @Inject
    Aliases aliases;

    @Inject
    FreeAddresses freeAddresses;

    /**
     * Aliases whose address or a target contains the text, by address.
     *
     * @param page from 1
     * @param size results of a page; {@link Page#DEFAULT_SIZE} when below 1
     */
    public Page<AliasView> list(String query, int page, int size) {
        Page.Window window = new Page.Window(page, size);
        return window.of(aliases.search(query, window.offset(), window.size()), aliases.count(query), AliasView::of);
    }

    /** The alias of that address, as typed. */
    public Optional<AliasView> find(String email) {
        return parse(email).flatMap(aliases::find).map(AliasView::of);
    }

    /** Makes an alias. */
    public Outcome<AliasView> create(AliasDraft draft) {
        AccountRules rules = new AccountRules();
        Optional<EmailAddress> email = rules.email(draft.email());
        List<EmailAddress> targets = rules.targets(draft.targets());
        if (rules.broken() || email.isEmpty()) {
            return rules.refused();
        }
        domains.lockAdministration();
        EmailAddress address = email.get().canonical();
        Optional<Domain> domain = domains.find(address.domain());
        Optional<Refusal> refusal = freeAddresses.refusal(address, domain);
        if (refusal.isPresent() || domain.isEmpty()) {
            return new Outcome.Refused<>(refusal.stream().toList());
        }
        Instant now = Instant.now();
        Alias alias = new Alias(domain.get(), address, targets, now);
        alias.restrict(draft.internalOnly(), now);
        if (draft.disabled()) {
            alias.disable(now);
        }
        aliases.add(alias);
        return new Outcome.Done<>(AliasView.of(alias));
    }

    /** Changes some of an alias, all or nothing. */
    public Outcome<AliasView> change(String email, AliasChange change) {
        AccountRules rules = new AccountRules();
        Optional<List<EmailAddress>> targets = change.targets().map(rules::targets);
        if (rules.broken()) {
            return rules.refused();
        }
        domains.lockAdministration();
        Optional<Alias> found = parse(email).flatMap(aliases::find);
        if (found.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        Alias alias = found.get();
        Instant now = Instant.now();
        targets.ifPresent(addresses -> alias.lead(addresses, now));
        change.internalOnly().ifPresent(yes -> alias.restrict(yes, now));
        change.disabled().ifPresent(yes -> disable(alias, yes, now));
        return new Outcome.Done<>(AliasView.of(alias));
    }

    /** Deletes an alias. */
    public Outcome<AliasView> delete(String email) {
        domains.lockAdministration();
        Optional<Alias> found = parse(email).flatMap(aliases::find);
        if (found.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        AliasView view = AliasView.of(found.get());
        aliases.remove(found.get());
        return new Outcome.Done<>(view);
    }

    private static void disable(Alias alias, boolean yes, Instant now) {
        if (yes) {
            alias.disable(now);
        } else {
            alias.enable(now);
        }
    }

    private static Optional<EmailAddress> parse(String email) {
        try {
            return Optional.of(EmailAddress.parse(email.strip()));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }
}
