// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.ejb.admin.Refusal.Reason;
import org.wildpost.persistence.account.Accounts;
import org.wildpost.persistence.alias.Aliases;
import org.wildpost.persistence.domain.Domain;

/** Which addresses can still be given to an account or an alias; asked in a transaction that locks the administration. */
@ApplicationScoped
public class FreeAddresses {
    @Inject
    Accounts accounts;

    @Inject
    Aliases aliases;

    /**
     * Why the address cannot be given, if so.
     *
     * @param domain its domain, if there is one
     */
    Optional<Refusal> refusal(EmailAddress address, Optional<Domain> domain) {
        if (domain.isEmpty()) {
            return refuse(Reason.NO_SUCH_DOMAIN, "the domain " + address.domain() + " is not hosted here");
        }
        if (domain.get().aliasOf().isPresent()) {
            return refuse(
                    Reason.ALIAS_DOMAIN,
                    address.domain() + " only stands for "
                            + domain.get().aliasOf().get().name() + "; make the address there");
        }
        if (accounts.find(address).isPresent()) {
            return refuse(Reason.TAKEN, "the account " + address + " exists already");
        }
        if (aliases.find(address).isPresent()) {
            return refuse(Reason.TAKEN, "the alias " + address + " exists already");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuse(Reason reason, String text) {
        return Optional.of(new Refusal("email", reason, text));
    }
}
