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
import org.wildpost.core.id.AccountId;
import org.wildpost.core.sasl.ScramVerifier;
import org.wildpost.core.sasl.ScramVerifiers;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.admin.Refusal.Reason;
import org.wildpost.ejb.identity.PasswordSchemes;
import org.wildpost.persistence.account.Account;
import org.wildpost.persistence.account.Accounts;
import org.wildpost.persistence.domain.Domain;
import org.wildpost.persistence.domain.Domains;

/**
 * What administrators do with accounts. Each call is one transaction; passwords are hashed before it touches the database. Safe for all
 * threads.
 */
@ApplicationScoped
@Transactional
public class AccountAdministration {
    @Inject
    Domains domains;

    @Inject
    Accounts accounts;

    @Inject
    FreeAddresses freeAddresses;

    @Inject
    AccountMail mail;

    @Inject
    PasswordSchemes schemes;

    /** A password in all forms that are kept. */
    private record Kept(String hash, ScramVerifier verifier) {}

    /**
     * Accounts whose address or name contains the text, by address.
     *
     * @param page from 1
     * @param size results of a page; {@link Page#DEFAULT_SIZE} when below 1
     */
    public Page<AccountView> list(String query, int page, int size) {
        Page.Window window = new Page.Window(page, size);
        return window.of(
                accounts.search(query, window.offset(), window.size()), accounts.count(query), AccountView::of);
    }

    /** The account of that address, as typed. */
    public Optional<AccountView> find(String email) {
        return parse(email).flatMap(accounts::find).map(AccountView::of);
    }

    /** The account of that identity. */
    public Optional<AccountView> find(AccountId id) {
        return accounts.find(id).map(AccountView::of);
    }

    /** Makes an account with its default mailboxes. */
    public Outcome<AccountView> create(AccountDraft draft) {
        AccountRules rules = new AccountRules();
        Optional<EmailAddress> email = rules.email(draft.email());
        String name = rules.name(draft.name());
        rules.password(draft.password());
        List<EmailAddress> redirectTo = rules.redirectTo(draft.redirectTo());
        if (draft.handling().redirectOnly() && !rules.broken()) {
            email.ifPresent(own -> rules.redirectOnly(own.canonical(), redirectTo));
        }
        if (rules.broken() || email.isEmpty()) {
            return rules.refused();
        }
        EmailAddress address = email.get().canonical();
        Kept kept = keep(draft.password());
        domains.lockAdministration();
        Optional<Domain> domain = domains.find(address.domain());
        Optional<Refusal> refusal = freeAddresses.refusal(address, domain);
        if (refusal.isPresent() || domain.isEmpty()) {
            return new Outcome.Refused<>(refusal.stream().toList());
        }
        Instant now = Moments.now();
        Account account = new Account(domain.get(), address, kept.hash(), kept.verifier(), now);
        account.rename(name, now);
        account.redirect(redirectTo, now);
        handle(account, draft.handling(), now);
        if (draft.disabled()) {
            account.disable(now);
        }
        if (draft.superAdmin()) {
            account.promote(now);
        }
        accounts.add(account);
        mail.createDefaults(account.id());
        return new Outcome.Done<>(AccountView.of(account));
    }

    /** Changes some of an account, all or nothing. */
    public Outcome<AccountView> change(String email, AccountChange change) {
        AccountRules rules = new AccountRules();
        Optional<String> name = change.name().map(rules::name);
        change.password().ifPresent(rules::password);
        Optional<List<EmailAddress>> redirectTo = change.redirectTo().map(rules::redirectTo);
        if (rules.broken()) {
            return rules.refused();
        }
        Optional<Kept> kept = change.password().map(this::keep);
        domains.lockAdministration();
        Optional<Account> found = parse(email).flatMap(accounts::find);
        if (found.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        Account account = found.get();
        boolean disabled = change.disabled().orElse(account.disabled());
        boolean superAdmin = change.superAdmin().orElse(account.superAdmin());
        MailHandling handling = change.handling().of(AccountView.handling(account));
        if ((disabled || !superAdmin || handling.redirectOnly()) && lockedOutWithout(account)) {
            return lastAdministrator(disabled ? "disabled" : !superAdmin ? "superAdmin" : "redirectOnly");
        }
        if (handling.redirectOnly()) {
            rules.redirectOnly(account.address(), redirectTo.orElse(account.redirectTo()));
        }
        if (rules.broken()) {
            return rules.refused();
        }
        Instant now = Moments.now();
        name.ifPresent(newName -> account.rename(newName, now));
        redirectTo.ifPresent(addresses -> account.redirect(addresses, now));
        handle(account, handling, now);
        kept.ifPresent(password -> account.changePassword(password.hash(), password.verifier(), now));
        change.disabled().ifPresent(yes -> disable(account, yes, now));
        change.superAdmin().ifPresent(yes -> promote(account, yes, now));
        return new Outcome.Done<>(AccountView.of(account));
    }

    /** Replaces the password in all its forms; verified logins with the old one end with it. */
    public Outcome<AccountView> setPassword(String email, Secret password) {
        return change(email, AccountChange.NONE.withPassword(password));
    }

    /** Deletes an account and all its mail. */
    public Outcome<AccountView> delete(String email) {
        domains.lockAdministration();
        Optional<Account> found = parse(email).flatMap(accounts::find);
        if (found.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        Account account = found.get();
        if (lockedOutWithout(account)) {
            return lastAdministrator("email");
        }
        AccountView view = AccountView.of(account);
        mail.deleteAll(account.id());
        accounts.remove(account);
        return new Outcome.Done<>(view);
    }

    private Kept keep(Secret password) {
        return new Kept(schemes.hash(password), ScramVerifiers.derive(password));
    }

    private static void handle(Account account, MailHandling handling, Instant now) {
        account.keepRedirected(handling.discard(), handling.redirectOnly(), now);
        account.restrict(handling.internalOnly(), now);
        account.fileSent(handling.copyToSent(), now);
    }

    private static void disable(Account account, boolean yes, Instant now) {
        if (yes) {
            account.disable(now);
        } else {
            account.enable(now);
        }
    }

    private static void promote(Account account, boolean yes, Instant now) {
        if (yes) {
            account.promote(now);
        } else {
            account.demote(now);
        }
    }

    /** Whether it is the only administrator who can log in. */
    private boolean lockedOutWithout(Account account) {
        boolean administers = account.superAdmin()
                && !account.disabled()
                && !account.redirectOnly()
                && !account.domain().disabled();
        return administers && accounts.administratorsBeside(account.id()) == 0;
    }

    private static Outcome<AccountView> lastAdministrator(String field) {
        return Outcome.refused(field, Reason.LAST_ADMINISTRATOR, "it is the last administrator who can log in");
    }

    private static Optional<EmailAddress> parse(String email) {
        try {
            return Optional.of(EmailAddress.parse(email.strip()));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }
}
