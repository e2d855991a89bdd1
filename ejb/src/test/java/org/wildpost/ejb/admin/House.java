// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.ejb.identity.PasswordSchemes;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.ejb.settings.ServerNames;
import org.wildpost.persistence.account.Accounts;
import org.wildpost.persistence.account.JpaAccounts;
import org.wildpost.persistence.alias.Aliases;
import org.wildpost.persistence.alias.JpaAliases;
import org.wildpost.persistence.domain.Domains;
import org.wildpost.persistence.domain.JpaDomains;
import org.wildpost.persistence.setting.JpaSettings;

/** The services of administration over a test's database, put together as the container does. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
final class House {
    static final Secret PASSWORD = new Secret("correct horse");

    final List<String> mail = new ArrayList<>();
    final TestDatabase database;
    final Domains domainRows;
    final Accounts accountRows;
    final DomainAdministration domains = new DomainAdministration();
    final AccountAdministration accounts = new AccountAdministration();
    final AliasAdministration aliases = new AliasAdministration();
    final FirstAdministrator firstAdministrator = new FirstAdministrator();
    final FirstVisit firstVisit = new FirstVisit();
    final ServerName serverName;
    final DemoSeed demoSeed = new DemoSeed();

    House(TestDatabase database) {
        this.database = database;
        this.domainRows = new JpaDomains(database.entityManager());
        this.accountRows = new JpaAccounts(database.entityManager());
        AccountMail accountMail = new RecordedMail();
        Aliases aliasRows = new JpaAliases(database.entityManager());
        FreeAddresses free = new FreeAddresses();
        free.accounts = accountRows;
        free.aliases = aliasRows;
        aliases.domains = domainRows;
        aliases.aliases = aliasRows;
        aliases.freeAddresses = free;
        domains.aliases = aliasRows;
        accounts.freeAddresses = free;
        domains.domains = domainRows;
        domains.accounts = accountRows;
        domains.mail = accountMail;
        accounts.domains = domainRows;
        accounts.accounts = accountRows;
        accounts.mail = accountMail;
        accounts.schemes = new PasswordSchemes();
        firstAdministrator.domains = domainRows;
        firstAdministrator.accounts = accountRows;
        firstAdministrator.domainAdministration = domains;
        firstAdministrator.accountAdministration = accounts;
        serverName = ServerNames.of(new JpaSettings(database.entityManager()), Map.of());
        firstAdministrator.serverName = serverName;
        firstVisit.firstAdministrator = firstAdministrator;
        firstVisit.name = serverName;
        demoSeed.domains = domains;
        demoSeed.accounts = accounts;
    }

    AccountView account(String email) {
        return done(create(AccountDraft.of(email, "", PASSWORD)));
    }

    AccountView administrator(String email) {
        return done(create(new AccountDraft(email, "", PASSWORD, false, true, List.of())));
    }

    DomainView domain(String name) {
        return done(database.tx(() -> domains.create(name)));
    }

    AliasView alias(String email, String... targets) {
        return done(database.tx(() -> aliases.create(AliasDraft.of(email, targets))));
    }

    Outcome<DomainView> change(String name, DomainChange change) {
        return database.tx(() -> domains.change(name, change));
    }

    Outcome<AccountView> create(AccountDraft draft) {
        return database.tx(() -> accounts.create(draft));
    }

    Outcome<AccountView> change(String email, AccountChange change) {
        return database.tx(() -> accounts.change(email, change));
    }

    static <T> T done(Outcome<T> outcome) {
        return ((Outcome.Done<T>) outcome).value();
    }

    /** {@code field REASON} of each refusal. */
    static List<String> refusals(Outcome<?> outcome) {
        return ((Outcome.Refused<?>) outcome)
                .refusals().stream().map(r -> r.field() + " " + r.reason()).toList();
    }

    private final class RecordedMail implements AccountMail {
        @Override
        public void createDefaults(AccountId account) {
            mail.add("created " + address(account));
        }

        @Override
        public void deleteAll(AccountId account) {
            mail.add("deleted " + address(account));
        }

        /** Asks the database, so that the account must be there. */
        private String address(AccountId account) {
            return accountRows.find(account).orElseThrow().address().toString();
        }
    }
}
