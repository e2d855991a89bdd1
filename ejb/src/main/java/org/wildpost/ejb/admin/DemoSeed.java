// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.wildpost.core.sasl.Secret;

/** The domain and the accounts of the demo; what is there already is left as it is. */
@ApplicationScoped
@Transactional
public class DemoSeed {
    private static final String DOMAIN = "demo.test";
    private static final String PASSWORD = "wildpost";

    @Inject
    DomainAdministration domains;

    @Inject
    AccountAdministration accounts;

    /** Makes what is missing. */
    public void plant() {
        if (domains.find(DOMAIN).isEmpty()) {
            done(domains.create(DOMAIN));
        }
        account("admin", "Admin", true);
        account("alice", "Alice", false);
        account("bob", "Bob", false);
    }

    private void account(String localPart, String name, boolean superAdmin) {
        String email = localPart + "@" + DOMAIN;
        if (accounts.find(email).isEmpty()) {
            done(accounts.create(new AccountDraft(email, name, new Secret(PASSWORD), false, superAdmin, List.of())));
        }
    }

    private static void done(Outcome<?> outcome) {
        if (!(outcome instanceof Outcome.Done<?>)) {
            throw new IllegalStateException("the demo cannot be made: " + outcome);
        }
    }
}
