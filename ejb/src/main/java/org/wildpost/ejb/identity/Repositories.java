// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.persistence.account.Accounts;
import org.wildpost.persistence.account.JpaAccounts;
import org.wildpost.persistence.alias.Aliases;
import org.wildpost.persistence.alias.JpaAliases;
import org.wildpost.persistence.domain.Domains;
import org.wildpost.persistence.domain.JpaDomains;
import org.wildpost.persistence.setting.JpaSettings;
import org.wildpost.persistence.setting.Settings;

/** Gives services the repositories over the container's entity manager, which joins whatever transaction there is. */
@ApplicationScoped
public class Repositories {
    @PersistenceContext(unitName = "wildpost")
    EntityManager entityManager;

    @Produces
    Accounts accounts() {
        return new JpaAccounts(entityManager);
    }

    @Produces
    Domains domains() {
        return new JpaDomains(entityManager);
    }

    @Produces
    Aliases aliases() {
        return new JpaAliases(entityManager);
    }

    @Produces
    Settings settings() {
        return new JpaSettings(entityManager);
    }

    /** One door for all who hash; not a client proxy, for the class is final. */
    @Produces
    @Singleton
    PasswordSchemes passwordSchemes(ServerSettings settings) {
        return new PasswordSchemes(settings.newPasswords());
    }
}
