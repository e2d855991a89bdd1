// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.ejb.settings.StartUp;

/**
 * What a server needs before the first question: with {@code wildpost.demo} the demo's accounts, with {@code wildpost.admin.email} and
 * {@code wildpost.admin.password} the first administrator. What is there already is left as it is.
 */
@Singleton
@Startup
@DependsOn("MigrationRunner")
@TransactionManagement(TransactionManagementType.BEAN)
public class SetUp {
    private static final Logger LOG = System.getLogger(SetUp.class.getName());

    @Inject
    ServerSettings settings;

    @Inject
    FirstAdministrator firstAdministrator;

    @Inject
    DemoSeed demoSeed;

    @Inject
    StartUp startUp;

    @PostConstruct
    void prepare() {
        if (settings.demo()) {
            demoSeed.plant();
        }
        administrator();
        startUp.complete();
    }

    private void administrator() {
        Optional<String> email = settings.adminEmail();
        Optional<Secret> password = settings.adminPassword();
        if (email.isPresent() != password.isPresent()) {
            throw new IllegalStateException(
                    "wildpost.admin.email and wildpost.admin.password go together; only one is set");
        }
        if (email.isEmpty() || password.isEmpty() || !firstAdministrator.missing()) {
            return;
        }
        switch (firstAdministrator.create(email.get(), "", password.get())) {
            case Outcome.Done<AccountView>(AccountView view) ->
                LOG.log(Level.INFO, "Made the administrator " + view.email());
            case Outcome.NotFound<AccountView>() -> throw new IllegalStateException("nothing is looked for here");
            case Outcome.Refused<AccountView>(List<Refusal> refusals) ->
                throw new IllegalStateException("the first administrator cannot be made: "
                        + refusals.stream().map(Refusal::text).toList());
        }
    }
}
