// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.DomainId;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.admin.AccountAdministration;
import org.wildpost.ejb.admin.AccountChange;
import org.wildpost.ejb.admin.AccountDraft;
import org.wildpost.ejb.admin.AccountView;
import org.wildpost.ejb.admin.AliasAdministration;
import org.wildpost.ejb.admin.AliasChange;
import org.wildpost.ejb.admin.AliasDraft;
import org.wildpost.ejb.admin.AliasView;
import org.wildpost.ejb.admin.DomainAdministration;
import org.wildpost.ejb.admin.DomainChange;
import org.wildpost.ejb.admin.DomainView;
import org.wildpost.ejb.admin.MailHandling;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.admin.Page;
import org.wildpost.ejb.admin.Refusal;
import org.wildpost.ejb.admin.Refusal.Reason;
import org.wildpost.ejb.identity.AuthenticationService;

/** Services that answer from memory and remember what they were asked. */
final class FakeServices {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    final Map<String, AccountView> boxes = new TreeMap<>();
    final List<String> asked = new ArrayList<>();
    final List<LoginAttempt> logins = new ArrayList<>();
    final Accounts accounts = new Accounts();
    final Domains domains = new Domains();
    final Aliases aliases = new Aliases();
    final Logins authentication = new Logins();

    FakeServices() {
        add("admin@demo.test", true);
        add("alice@demo.test", false);
    }

    private AccountView add(String email, boolean superAdmin) {
        AccountView view = new AccountView(
                new AccountId(boxes.size() + 1L),
                EmailAddress.parse(email),
                "",
                false,
                superAdmin,
                List.of(),
                MailHandling.ORDINARY,
                THEN,
                THEN);
        boxes.put(email, view);
        return view;
    }

    /** Accepts everybody whose password is {@code wildpost}. */
    final class Logins extends AuthenticationService {
        @Override
        public LoginResult login(LoginAttempt attempt) {
            logins.add(attempt);
            AccountView view = boxes.get(attempt.username());
            return view != null && attempt.password().reveal().equals("wildpost")
                    ? new LoginResult.Accepted(view.id(), view.email())
                    : new LoginResult.Rejected(java.time.Duration.ZERO);
        }
    }

    final class Accounts extends AccountAdministration {
        @Override
        public Page<AccountView> list(String query, int page, int size) {
            asked.add("list " + query + " " + page + " " + size);
            return new Page<>(List.copyOf(boxes.values()), page, 7, 13);
        }

        @Override
        public Optional<AccountView> find(String email) {
            return Optional.ofNullable(boxes.get(email));
        }

        @Override
        public Optional<AccountView> find(AccountId id) {
            return boxes.values().stream().filter(view -> view.id().equals(id)).findFirst();
        }

        @Override
        public Outcome<AccountView> create(AccountDraft draft) {
            asked.add("create " + draft + " " + draft.password().reveal());
            if (boxes.containsKey(draft.email())) {
                return Outcome.refused("email", Reason.TAKEN, "it exists");
            }
            if (draft.password().reveal().length() < 8) {
                return new Outcome.Refused<>(List.of(
                        new Refusal("passwordPlaintext", Reason.TOO_SHORT, "too short"),
                        new Refusal("email", Reason.TAKEN, "it exists")));
            }
            return new Outcome.Done<>(add(draft.email(), draft.superAdmin()));
        }

        @Override
        public Outcome<AccountView> change(String email, AccountChange change) {
            asked.add("change " + change);
            AccountView view = boxes.get(email);
            return view == null ? new Outcome.NotFound<>() : new Outcome.Done<>(view);
        }

        @Override
        public Outcome<AccountView> setPassword(String email, Secret password) {
            return change(email, AccountChange.NONE.withPassword(password));
        }

        @Override
        public Outcome<AccountView> delete(String email) {
            if (email.equals("admin@demo.test")) {
                return Outcome.refused("email", Reason.LAST_ADMINISTRATOR, "it is the last one");
            }
            if (email.equals("fault@demo.test")) {
                throw new IllegalStateException("inner secret");
            }
            AccountView gone = boxes.remove(email);
            return gone == null ? new Outcome.NotFound<>() : new Outcome.Done<>(gone);
        }
    }

    final class Domains extends DomainAdministration {
        private final DomainView demo = new DomainView(
                new DomainId(1),
                DomainName.parse("demo.test"),
                false,
                2,
                Optional.empty(),
                Optional.of(DomainName.parse("far.test")),
                Optional.of(EmailAddress.parse("all@demo.test")),
                THEN,
                THEN);

        @Override
        public Page<DomainView> list(String query, int page, int size) {
            return new Page<>(List.of(demo), 1, 1, 1);
        }

        @Override
        public Optional<DomainView> find(String name) {
            return Optional.of(demo).filter(domain -> domain.name().ascii().equals(name));
        }

        @Override
        public Outcome<DomainView> create(String name, DomainChange change) {
            asked.add("create domain " + name + (change.equals(DomainChange.NONE) ? "" : " " + change));
            return name.isEmpty()
                    ? Outcome.refused("name", Reason.MISSING, "a name is needed")
                    : new Outcome.Done<>(demo);
        }

        @Override
        public Outcome<DomainView> change(String name, DomainChange change) {
            asked.add("change domain " + name + " " + change);
            return new Outcome.Done<>(demo);
        }

        @Override
        public Outcome<DomainView> delete(String name, boolean cascade) {
            asked.add("delete domain " + name + " " + cascade);
            return cascade ? new Outcome.Done<>(demo) : Outcome.refused("name", Reason.NOT_EMPTY, "it has accounts");
        }
    }

    final class Aliases extends AliasAdministration {
        private final Map<String, AliasView> rows = new TreeMap<>();

        @Override
        public Page<AliasView> list(String query, int page, int size) {
            asked.add("list aliases " + query + " " + page + " " + size);
            return new Page<>(List.copyOf(rows.values()), page, 1, rows.size());
        }

        @Override
        public Optional<AliasView> find(String email) {
            return Optional.ofNullable(rows.get(email));
        }

        @Override
        public Outcome<AliasView> create(AliasDraft draft) {
            asked.add("create " + draft);
            if (draft.targets().isEmpty()) {
                return Outcome.refused("targets", Reason.MISSING, "an alias needs an address to lead to");
            }
            AliasView view = new AliasView(
                    EmailAddress.parse(draft.email()),
                    draft.targets().stream().map(EmailAddress::parse).toList(),
                    draft.internalOnly(),
                    draft.disabled(),
                    THEN,
                    THEN);
            rows.put(draft.email(), view);
            return new Outcome.Done<>(view);
        }

        @Override
        public Outcome<AliasView> change(String email, AliasChange change) {
            asked.add("change " + email + " " + change);
            AliasView view = rows.get(email);
            return view == null ? new Outcome.NotFound<>() : new Outcome.Done<>(view);
        }

        @Override
        public Outcome<AliasView> delete(String email) {
            AliasView gone = rows.remove(email);
            return gone == null ? new Outcome.NotFound<>() : new Outcome.Done<>(gone);
        }
    }
}
