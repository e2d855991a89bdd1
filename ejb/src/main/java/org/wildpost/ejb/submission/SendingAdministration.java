// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.admin.Refusal;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.sending.Ceilings;
import org.wildpost.persistence.sending.Ceilings.Scope;
import org.wildpost.persistence.sending.SendingCounters;
import org.wildpost.persistence.sending.SendingPolicies;
import org.wildpost.persistence.sending.SendingPolicy;

/** What administrators see and change about sending. Each call is one transaction. Safe for all threads. */
@ApplicationScoped
public class SendingAdministration {
    /** The largest ceiling that can be set; 0 sets none. */
    public static final long MAX_CEILING = 1_000_000_000;

    @Inject
    Database database;

    @Inject
    SendingLimits limits;

    InstantSource clock = InstantSource.system();

    /** An account's. */
    public Optional<SendingView> account(String email) {
        return address(email)
                .flatMap(address -> database.transaction(connection -> {
                    Optional<Long> id = accountId(connection, address);
                    return id.isEmpty()
                            ? Optional.empty()
                            : Optional.of(accountView(connection, new AccountId(id.get())));
                }));
    }

    /** A domain's. */
    public Optional<SendingView> domain(String name) {
        return domainName(name)
                .flatMap(domain -> database.transaction(connection -> {
                    Optional<Long> id = domainId(connection, domain);
                    return id.isEmpty() ? Optional.empty() : Optional.of(domainView(connection, id.get()));
                }));
    }

    /** The server's. */
    public SendingView server() {
        return database.transaction(this::serverView);
    }

    /** Changes an account's. */
    public Outcome<SendingView> changeAccount(String email, SendingChange change) {
        Optional<Refusal> refusal = refusal(change);
        if (refusal.isPresent()) {
            return new Outcome.Refused<>(List.of(refusal.get()));
        }
        Optional<EmailAddress> address = address(email);
        return address.isEmpty()
                ? new Outcome.NotFound<>()
                : database.<Outcome<SendingView>>transaction(connection -> {
                    Optional<Long> id = accountId(connection, address.get());
                    if (id.isEmpty()) {
                        return new Outcome.NotFound<>();
                    }
                    AccountId account = new AccountId(id.get());
                    SendingPolicies policies = new SendingPolicies(connection);
                    if (change.strictFrom().isPresent()) {
                        policies.strictFrom(account, change.strictFrom().get());
                    }
                    if (change.frozen().isPresent()) {
                        freeze(connection, account, change.frozen().get());
                    }
                    set(connection, Scope.ACCOUNT, id.get(), change.ceilings());
                    limits.forget(account);
                    return new Outcome.Done<>(accountView(connection, account));
                });
    }

    /** Changes a domain's ceilings. */
    public Outcome<SendingView> changeDomain(String name, SendingChange change) {
        Optional<Refusal> refusal = refusal(change);
        if (refusal.isPresent()) {
            return new Outcome.Refused<>(List.of(refusal.get()));
        }
        Optional<DomainName> domain = domainName(name);
        return domain.isEmpty()
                ? new Outcome.NotFound<>()
                : database.<Outcome<SendingView>>transaction(connection -> {
                    Optional<Long> id = domainId(connection, domain.get());
                    if (id.isEmpty()) {
                        return new Outcome.NotFound<>();
                    }
                    set(connection, Scope.DOMAIN, id.get(), change.ceilings());
                    limits.forgetDomain(id.get());
                    return new Outcome.Done<>(domainView(connection, id.get()));
                });
    }

    /** Changes the server's ceilings. */
    public Outcome<SendingView> changeServer(SendingChange change) {
        Optional<Refusal> refusal = refusal(change);
        if (refusal.isPresent()) {
            return new Outcome.Refused<>(List.of(refusal.get()));
        }
        return database.<Outcome<SendingView>>transaction(connection -> {
            set(connection, Scope.SERVER, 0, change.ceilings());
            limits.forgetDomain(0);
            return new Outcome.Done<>(serverView(connection));
        });
    }

    /** Who may send again begins anew: what was refused before does not count, or the next refusal would freeze at once. */
    private void freeze(Connection connection, AccountId account, boolean frozen) throws SQLException {
        SendingPolicies policies = new SendingPolicies(connection);
        if (frozen) {
            policies.freeze(account, clock.instant(), "frozen by an administrator");
        } else {
            policies.unfreeze(account);
            new SendingCounters(connection).forgive(account);
        }
    }

    private static void set(Connection connection, Scope scope, long id, Map<SendingLimit, OptionalLong> ceilings)
            throws SQLException {
        Ceilings stored = new Ceilings(connection);
        for (Map.Entry<SendingLimit, OptionalLong> ceiling : ceilings.entrySet()) {
            if (ceiling.getValue().isPresent()) {
                stored.set(
                        scope, id, ceiling.getKey().name(), ceiling.getValue().getAsLong());
            } else {
                stored.unset(scope, id, ceiling.getKey().name());
            }
        }
    }

    private static Optional<Refusal> refusal(SendingChange change) {
        return change.ceilings().entrySet().stream()
                .filter(entry -> entry.getValue().isPresent()
                        && (entry.getValue().getAsLong() < 0 || entry.getValue().getAsLong() > MAX_CEILING))
                .map(entry -> new Refusal(
                        entry.getKey().key(), Refusal.Reason.MALFORMED, "a limit is 0 (none) to " + MAX_CEILING))
                .findFirst();
    }

    private SendingView accountView(Connection connection, AccountId account) throws SQLException {
        Optional<SendingPolicy> policy = new SendingPolicies(connection).of(account);
        return SendingView.of(
                policy,
                SendingLimits.ceilings(connection, Scope.ACCOUNT, account.value()),
                new SendingCounters(connection).ofAccount(account, now()));
    }

    private SendingView domainView(Connection connection, long id) throws SQLException {
        return SendingView.of(
                Optional.empty(),
                SendingLimits.ceilings(connection, Scope.DOMAIN, id),
                new SendingCounters(connection).ofDomain(id, now()));
    }

    private SendingView serverView(Connection connection) throws SQLException {
        return SendingView.of(
                Optional.empty(),
                SendingLimits.ceilings(connection, Scope.SERVER, 0),
                new SendingCounters(connection).ofServer(now()));
    }

    private Instant now() {
        return clock.instant();
    }

    private static Optional<Long> accountId(Connection connection, EmailAddress address) throws SQLException {
        return Sql.first(
                connection,
                "select id from account where address = ?",
                row -> row.getLong(1),
                address.canonical().toString());
    }

    private static Optional<Long> domainId(Connection connection, DomainName name) throws SQLException {
        return Sql.first(connection, "select id from domain where name = ?", row -> row.getLong(1), name.ascii());
    }

    private static Optional<EmailAddress> address(String text) {
        try {
            return Optional.of(EmailAddress.parse(text.strip()));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    private static Optional<DomainName> domainName(String text) {
        try {
            return Optional.of(DomainName.parse(text.strip()));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }
}
