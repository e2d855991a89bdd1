// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.ejb.TestDatabase;

@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class RouteTablesTest {
    private static TestDatabase database;

    private final Operators operators = new Operators(database);

    @BeforeAll
    static void startDatabase() {
        database = new TestDatabase();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void nothingIsSet() {
        operators.empty();
    }

    @ParameterizedTest
    @CsvSource({
        "a.test, b.test, both.example",
        "a.test, c.test, sender.example",
        "x.test, b.test, recipient.example",
        "x.test, c.test, all.example",
        "-,      b.test, recipient.example",
        "-,      c.test, all.example",
        "off.test, c.test, all.example"
    })
    void takesTheRouteOfTheMostSpecificPair(String sender, String recipient, String host) {
        operators.route(Operators.change("host=all.example"));
        operators.route(Operators.change("host=sender.example;senderDomain=a.test"));
        operators.route(Operators.change("host=recipient.example;recipientDomain=b.test"));
        operators.route(Operators.change("host=both.example;senderDomain=a.test;recipientDomain=b.test"));
        operators.route(Operators.change("host=off.example;senderDomain=off.test;disabled=true"));

        Optional<DomainName> from = sender.equals("-") ? Optional.empty() : Optional.of(DomainName.parse(sender));
        assertThat(operators
                        .tables
                        .now()
                        .route(from, DomainName.parse(recipient))
                        .orElseThrow()
                        .settings()
                        .host())
                .contains(DomainName.parse(host));
    }

    @ParameterizedTest
    @CsvSource({
        "partner.test,       VERIFY",
        "mail.partner.test,  ENCRYPT",
        "a.mail.partner.test, NONE",
        "a.b.partner.test,   ENCRYPT",
        "notpartner.test,    -",
        "test,               -"
    })
    void takesTheTlsPolicyOfTheNearestDomain(String domain, String level) {
        policy("partner.test", "verify");
        policy(".partner.test", "encrypt");
        policy(".mail.partner.test", "none");

        assertThat(operators
                        .tables
                        .now()
                        .tls(DomainName.parse(domain))
                        .map(demand -> demand.level().name())
                        .orElse("-"))
                .isEqualTo(level);
    }

    @Test
    void callsAsTheDomainsOriginSays() {
        operators.tx(() -> operators.origins.create("", origin("all.example")));
        operators.tx(() -> operators.origins.create("own.test", origin("out.own.test")));

        RouteTable table = operators.tables.now();

        assertThat(table.origin(Optional.of(DomainName.parse("own.test"))).helo())
                .isEqualTo("out.own.test");
        assertThat(table.origin(Optional.of(DomainName.parse("x.test"))).helo()).isEqualTo("all.example");
        assertThat(table.origin(Optional.empty()).helo()).isEqualTo("all.example");
        assertThat(table.ownNames())
                .contains(DomainName.parse("all.example"), DomainName.parse("out.own.test"))
                .hasSize(3);
    }

    /** Routing costs no query per message. */
    @Test
    void asksTheDatabaseOnceInAWhile() {
        operators.tables.now();

        assertThat(database.statementsOf(() -> {
                    for (int i = 0; i < 100; i++) {
                        operators.tables.now();
                    }
                }))
                .isEmpty();
        operators.clock.forward(RouteTables.FRESH);
        assertThat(database.statementsOf(operators.tables::now)).hasSize(4);
    }

    @Test
    void seesAtOnceWhatIsChangedHereAndSoonWhatIsChangedElsewhere() {
        operators.tables.now();
        operators.route(Operators.change("host=here.example"));
        assertThat(operators.tables.now().route(Optional.empty(), DomainName.parse("x.test")))
                .isPresent();

        database.execute("update outgoing_route set host = 'elsewhere.example'");
        assertThat(host()).isEqualTo("here.example");
        operators.clock.forward(RouteTables.FRESH);
        assertThat(host()).isEqualTo("elsewhere.example");
    }

    /** Who asks between the change and its commit gets the old table, and must not leave it for those who come after. */
    @Test
    void seesAChangeAlsoWhenSomebodyAskedJustBeforeItsCommit() {
        operators.tables.now();
        operators.transactions.run(() -> {
            operators.tables.forget();
            operators.tables.now();
            database.execute("insert into outgoing_route (host, port, tls, created_at, updated_at)"
                    + " values ('here.example', 25, 'MAY', now(), now())");
            return true;
        });

        assertThat(host()).isEqualTo("here.example");
    }

    @Test
    void keepsTheLastTableWhenTheDatabaseDoesNotAnswer() {
        operators.route(Operators.change("host=a.example"));
        operators.tables.now();
        database.execute("alter table outgoing_route rename to away");
        try {
            operators.clock.forward(RouteTables.FRESH);
            assertThat(host()).isEqualTo("a.example");
            assertThatThrownBy(() -> new Operators(database).tables.now()).isInstanceOf(RuntimeException.class);
        } finally {
            database.execute("alter table away rename to outgoing_route");
        }
        operators.clock.forward(RouteTables.FRESH);
        assertThat(host()).isEqualTo("a.example");
    }

    /** Who can write to the database alone must not have a password sent elsewhere. */
    @Test
    void doesNotOpenAPasswordForAnotherHost() {
        operators.route(Operators.change("host=a.example;username=us;password=hush"));
        database.execute("update outgoing_route set host = 'evil.example'");
        operators.clock.forward(RouteTables.FRESH);

        ConfiguredRoute route = operators
                .tables
                .now()
                .route(Optional.empty(), DomainName.parse("x.test"))
                .orElseThrow();

        assertThat(route.login()).isEmpty();
        assertThat(route.fault().orElseThrow()).contains("evil.example").doesNotContain("hush");
    }

    @Test
    void knowsRelayDomains() {
        operators.tx(() -> operators.relays.create(
                "relay.test",
                new RelayDomainAdministration.Change(
                        Optional.of("in.relay.test"), Optional.empty(), Optional.empty())));
        RelayedDomains relayed = new RelayedDomains();
        relayed.tables = operators.tables;

        assertThat(relayed.relays(DomainName.parse("relay.test"))).isTrue();
        assertThat(relayed.relays(DomainName.parse("sub.relay.test"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "smtp.example.net,  smtp.example.net",
        " SMTP.Example.NET, smtp.example.net",
        "192.0.2.1,         [192.0.2.1]",
        "[192.0.2.1],       [192.0.2.1]",
        "2001:db8::1,       [ipv6:2001:db8:0:0:0:0:0:1]",
        "[2001:db8::1],     [ipv6:2001:db8:0:0:0:0:0:1]",
        "[IPv6:2001:db8::1], [ipv6:2001:db8::1]",
        "[192.0.2],         -",
        "1:2,               -",
        "a b,               -",
        "'',                -"
    })
    void readsHosts(String text, String expected) {
        assertThat(HostText.parse(text).map(DomainName::ascii).orElse("-")).isEqualTo(expected);
    }

    private String host() {
        return operators
                .tables
                .now()
                .route(Optional.empty(), DomainName.parse("x.test"))
                .flatMap(route -> route.settings().host())
                .map(DomainName::ascii)
                .orElse("-");
    }

    private void policy(String domain, String level) {
        assertThat(TlsLevel.parse(level)).isPresent();
        Operators.done(operators.tx(() -> operators.policies.create(
                domain, new TlsPolicyAdministration.Change(Optional.of(level), Optional.of(List.of())))));
    }

    private static OriginAdministration.Change origin(String helo) {
        return new OriginAdministration.Change(Optional.of(helo), Optional.empty(), Optional.empty());
    }
}
