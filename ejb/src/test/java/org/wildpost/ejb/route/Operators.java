// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.TestClock;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.settings.ServerNames;
import org.wildpost.persistence.domain.JpaDomains;
import org.wildpost.persistence.transport.JpaTransportRules;

/** The services of this package over a test's database, put together as the container does. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
final class Operators {
    final TestDatabase database;
    final TestClock clock = new TestClock();
    final TestVault vault = new TestVault();
    final TestTransactions transactions = new TestTransactions();
    final RouteTables tables = new RouteTables();
    final RouteAdministration routes = new RouteAdministration();
    final RelayDomainAdministration relays = new RelayDomainAdministration();
    final TlsPolicyAdministration policies = new TlsPolicyAdministration();
    final OriginAdministration origins = new OriginAdministration();

    Operators(TestDatabase database) {
        this.database = database;
        JpaTransportRules rules = new JpaTransportRules(database.entityManager());
        JpaDomains domains = new JpaDomains(database.entityManager());
        tables.rules = rules;
        tables.vault = vault;
        tables.serverName = ServerNames.of(null, Map.of("wildpost.hostname", "mail.own.test"));
        tables.clock = clock;
        tables.transactions = transactions;
        routes.rules = rules;
        routes.domains = domains;
        routes.vault = vault;
        routes.tables = tables;
        relays.rules = rules;
        relays.domains = domains;
        relays.tables = tables;
        policies.rules = rules;
        policies.domains = domains;
        policies.tables = tables;
        origins.rules = rules;
        origins.domains = domains;
        origins.tables = tables;
    }

    void empty() {
        database.execute("truncate outgoing_route, sender_origin, relay_domain, tls_policy, domain cascade");
        tables.forget();
    }

    <T> T tx(Supplier<T> work) {
        return transactions.run(() -> database.tx(work));
    }

    RouteView route(RouteChange change) {
        return done(tx(() -> routes.create(change)));
    }

    static <T> T done(Outcome<T> outcome) {
        if (!(outcome instanceof Outcome.Done<T>)) {
            throw new AssertionError(String.valueOf(outcome));
        }
        return ((Outcome.Done<T>) outcome).value();
    }

    /** {@code field REASON} of each refusal. */
    static List<String> refusals(Outcome<?> outcome) {
        return ((Outcome.Refused<?>) outcome)
                .refusals().stream().map(r -> r.field() + " " + r.reason()).toList();
    }

    /** A change written as {@code field=value} with semicolons between. */
    static RouteChange change(String text) {
        Fields fields = new Fields(text);
        return new RouteChange(
                fields.text("senderDomain"),
                fields.text("recipientDomain"),
                fields.text("host"),
                fields.text("port").map(Integer::valueOf),
                fields.text("tls"),
                fields.text("tlsNames").map(names -> List.of(names.split(",", -1))),
                fields.text("implicitTls").map(Boolean::valueOf),
                fields.text("username"),
                fields.text("password").map(Secret::new),
                fields.text("clearText").map(Boolean::valueOf),
                fields.text("certificate"),
                fields.text("privateKey").map(Secret::new),
                fields.text("disabled").map(Boolean::valueOf),
                fields.text("note"));
    }

    private record Fields(String text) {
        Optional<String> text(String name) {
            for (String field : text.split(";", -1)) {
                if (field.strip().startsWith(name + "=")) {
                    return Optional.of(field.strip().substring(name.length() + 1));
                }
            }
            return Optional.empty();
        }
    }
}
