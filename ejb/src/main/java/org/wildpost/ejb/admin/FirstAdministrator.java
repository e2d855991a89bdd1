// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.admin.Refusal.Reason;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.persistence.account.Accounts;
import org.wildpost.persistence.domain.Domains;

/** How a new server gets the administrator who makes all others: only as long as there is no account. Safe for all threads. */
@ApplicationScoped
@Transactional
public class FirstAdministrator {
    @Inject
    Domains domains;

    @Inject
    Accounts accounts;

    @Inject
    DomainAdministration domainAdministration;

    @Inject
    AccountAdministration accountAdministration;

    @Inject
    ServerName serverName;

    /** Whether nobody can log in yet, for there is no account at all. */
    public boolean missing() {
        return !accounts.any();
    }

    /** Makes the administrator and, when need be, the domain of the address; refused when there is an account, whoever asks. */
    public Outcome<AccountView> create(String email, String name, Secret password) {
        return create(Optional.empty(), email, name, password);
    }

    /**
     * The same, and stores the name of the server.
     *
     * @param hostname as typed, empty when it is not to be stored
     */
    Outcome<AccountView> create(Optional<String> hostname, String email, String name, Secret password) {
        AccountRules rules = new AccountRules();
        Optional<DomainName> host = hostname.flatMap(rules::hostname);
        Optional<EmailAddress> address = rules.email(email);
        rules.name(name);
        rules.password(password);
        if (rules.broken() || address.isEmpty()) {
            return rules.refused();
        }
        domains.lockAdministration();
        if (!missing()) {
            return Outcome.refused("email", Reason.TAKEN, "the server has its first administrator");
        }
        String domain = address.get().domain().ascii();
        if (domainAdministration.find(domain).isEmpty()
                && domainAdministration.create(domain) instanceof Outcome.Refused<DomainView>(List<Refusal> refusals)) {
            return new Outcome.Refused<>(refusals);
        }
        host.ifPresent(serverName::store);
        return accountAdministration.create(new AccountDraft(email, name, password, false, true, List.of()));
    }
}
