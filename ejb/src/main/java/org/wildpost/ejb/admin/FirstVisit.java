// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.settings.ServerName;

/** Sets a new server up for whoever visits it first: its name and its administrator, both or neither, and never again. Safe for all threads. */
@ApplicationScoped
public class FirstVisit {
    @Inject
    FirstAdministrator firstAdministrator;

    @Inject
    ServerName name;

    private volatile boolean over;

    /** Whether nobody set the server up yet. */
    public boolean expected() {
        if (!over && !firstAdministrator.missing()) {
            over = true;
        }
        return !over;
    }

    /** Whether the operator named the server already, so that the visitor is not asked. */
    public boolean named() {
        return name.given().isPresent();
    }

    /** What the server is called until then. */
    public String proposedName() {
        return name.get();
    }

    /**
     * Makes the administrator and takes the name; refused when there is an account, whoever asks.
     *
     * @param hostname as typed; not looked at when the operator named the server
     */
    public Outcome<AccountView> setUp(String hostname, String email, Secret password) {
        Outcome<AccountView> outcome =
                firstAdministrator.create(named() ? Optional.empty() : Optional.of(hostname), email, "", password);
        if (outcome instanceof Outcome.Done<AccountView>) {
            name.renew();
        }
        return outcome;
    }
}
