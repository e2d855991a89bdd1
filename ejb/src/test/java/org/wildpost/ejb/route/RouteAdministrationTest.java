// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.trust.TestCertificates;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.ejb.admin.Outcome;

class RouteAdministrationTest {
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

    @Test
    void makesASmarthostWithALogin() {
        RouteView view = operators.route(
                Operators.change("host=Smtp.Example.NET;username=us;password=secret word;note=the provider"));

        assertThat(view.host()).contains(DomainName.parse("smtp.example.net"));
        assertThat(view.port()).isEqualTo(587);
        assertThat(view.tls()).isEqualTo(TlsLevel.ENCRYPT);
        assertThat(view.username()).contains("us");
        assertThat(view.toString()).doesNotContain("secret word");
        same(operators.routes.find(view.id()).orElseThrow(), view);
        assertThat(database.column("select encode(password, 'escape') from outgoing_route"))
                .allSatisfy(stored -> assertThat(stored)
                        .startsWith("route-password:us@smtp.example.net")
                        .doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "host=a.test,                                25,  MAY",
        "host=a.test;username=u;password=p,          587, ENCRYPT",
        "host=a.test;username=u;password=p;tls=may,  587, MAY",
        "host=a.test;implicitTls=true,               465, MAY",
        "host=a.test;port=2525;tls=verify,           2525, VERIFY",
        "recipientDomain=a.test,                     25,  MAY"
    })
    void takesTheUsualPort(String fields, int port, TlsLevel tls) {
        RouteView view = operators.route(Operators.change(fields));
        assertThat(view.port()).isEqualTo(port);
        assertThat(view.tls()).isEqualTo(tls);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host=two words                                | host MALFORMED",
                "host=[nonsense]                               | host MALFORMED",
                "host=a.test;port=70000                        | port MALFORMED",
                "host=a.test;port=-1                           | port MALFORMED",
                "host=a.test;tls=strong                        | tls MALFORMED",
                "host=a.test;tls=none;implicitTls=true         | tls MALFORMED",
                "host=a.test;tlsNames=ok.test,no name          | tlsNames MALFORMED",
                "host=a.test;username=u                        | password MISSING",
                "host=a.test;username=u;password=              | password MISSING",
                "host=a.test;password=p                        | username MISSING",
                "host=a.test;certificate=rubbish;privateKey=k  | certificate MALFORMED",
                "host=a.test;privateKey=k                      | certificate MISSING",
                "senderDomain=[192.0.2.1];host=a.test          | senderDomain MALFORMED",
                "recipientDomain=a b;host=a.test               | recipientDomain MALFORMED",
                "recipientDomain=taken.test;host=a.test        | recipientDomain TAKEN"
            })
    void refusesWhatIsWrongAndNamesTheField(String fields, String expected) {
        operators.route(Operators.change("recipientDomain=taken.test;host=b.test"));

        Outcome<RouteView> outcome = operators.tx(() -> operators.routes.create(Operators.change(fields)));

        assertThat(Operators.refusals(outcome)).containsExactly(expected);
        assertThat(operators.routes.list("", 1, 0).total()).isEqualTo(1);
    }

    @Test
    void changesOnlyWhatIsAskedAndSealsThePasswordForTheNewHost() {
        long id = operators
                .route(Operators.change("host=a.test;username=us;password=secret;senderDomain=own.test"))
                .id();

        RouteView view = Operators.done(
                operators.tx(() -> operators.routes.change(id, Operators.change("host=b.test;note=moved"))));

        assertThat(view.host()).contains(DomainName.parse("b.test"));
        assertThat(view.senderDomain()).contains(DomainName.parse("own.test"));
        assertThat(view.port()).isEqualTo(587);
        assertThat(operators
                        .tables
                        .now()
                        .route(Optional.of(DomainName.parse("own.test")), DomainName.parse("x.test"))
                        .orElseThrow()
                        .login()
                        .orElseThrow()
                        .password()
                        .reveal())
                .isEqualTo("secret");
    }

    @Test
    void takesAwayWhatIsGivenEmpty() {
        long id = operators
                .route(Operators.change("host=a.test;username=us;password=secret;senderDomain=own.test"))
                .id();

        RouteView view = Operators.done(
                operators.tx(() -> operators.routes.change(id, Operators.change("username=;senderDomain="))));

        assertThat(view.username()).isEmpty();
        assertThat(view.senderDomain()).isEmpty();
        assertThat(database.column("select password from outgoing_route")).containsOnlyNulls();
    }

    @Test
    void keepsACertificateWithItsKey() {
        TestCertificates made = TestCertificates.selfSigned("us.test");
        TestCertificates other = TestCertificates.selfSigned("other.test");

        RouteView view = operators.route(identity(certificate(made), key(made)));

        assertThat(view.certificate()).contains("CN=host");
        assertThat(operators
                        .tables
                        .now()
                        .route(Optional.empty(), DomainName.parse("x.test"))
                        .orElseThrow()
                        .identity()
                        .orElseThrow()
                        .chain())
                .isEqualTo(made.chain());
        assertThat(Operators.refusals(operators.tx(
                        () -> operators.routes.change(view.id(), identity(certificate(made), key(other))))))
                .containsExactly("privateKey MALFORMED");
        assertThat(Operators.refusals(
                        operators.tx(() -> operators.routes.change(view.id(), Operators.change("privateKey=")))))
                .containsExactly("privateKey MISSING");
    }

    @Test
    void listsInPagesAndFindsByDomainAndHost() {
        operators.route(Operators.change("recipientDomain=b.test;host=one.example"));
        operators.route(Operators.change("recipientDomain=a.test;host=two.example"));
        operators.route(Operators.change(
                "senderDomain=own_test.test;host=100%.example".replace("_", "-").replace("%", "")));

        assertThat(operators.routes.list("", 1, 2).results())
                .extracting(
                        view -> view.recipientDomain().map(DomainName::ascii).orElse("-"))
                .containsExactly("-", "a.test");
        assertThat(operators.routes.list("", 2, 2).results()).hasSize(1);
        assertThat(operators.routes.list("TWO.", 1, 0).total()).isEqualTo(1);
        assertThat(operators.routes.list("own", 1, 0).total()).isEqualTo(1);
        assertThat(operators.routes.list("%", 1, 0).total()).isZero();
    }

    @Test
    void deletes() {
        long id = operators.route(Operators.change("host=a.test")).id();

        assertThat(operators.tx(() -> operators.routes.delete(id))).isInstanceOf(Outcome.Done.class);
        assertThat(operators.tx(() -> operators.routes.delete(id))).isInstanceOf(Outcome.NotFound.class);
        assertThat(operators.tx(() -> operators.routes.change(id, RouteChange.NONE)))
                .isInstanceOf(Outcome.NotFound.class);
        assertThat(operators.routes.find(id)).isEmpty();
    }

    @Test
    void administersRelayDomains() {
        database.execute("insert into domain (name) values ('hosted.test')");
        RelayDomainView view = Operators.done(operators.tx(() -> operators.relays.create(
                "Backup.TEST",
                new RelayDomainAdministration.Change(Optional.empty(), Optional.empty(), Optional.empty()))));

        assertThat(view.name()).isEqualTo(DomainName.parse("backup.test"));
        assertThat(view.host()).isEmpty();
        for (String wrong : List.of("backup.test", "hosted.test")) {
            assertThat(Operators.refusals(operators.tx(() -> operators.relays.create(
                            wrong,
                            new RelayDomainAdministration.Change(
                                    Optional.empty(), Optional.empty(), Optional.empty())))))
                    .containsExactly("name TAKEN");
        }
        assertThat(Operators.refusals(operators.tx(() -> operators.relays.create(
                        " ",
                        new RelayDomainAdministration.Change(Optional.of("a b"), Optional.of(0), Optional.empty())))))
                .containsExactly("name MISSING", "host MALFORMED");
        RelayDomainView changed = Operators.done(operators.tx(() -> operators.relays.change(
                "backup.test",
                new RelayDomainAdministration.Change(Optional.of("192.0.2.1"), Optional.of(2525), Optional.of(true)))));
        assertThat(changed.host()).contains(DomainName.parse("[192.0.2.1]"));
        same(operators.relays.list("back", 1, 0).results().getFirst(), changed);
        assertThat(operators.tables.now().relay(DomainName.parse("backup.test")))
                .isEmpty();
        assertThat(operators.tx(() -> operators.relays.delete("backup.test"))).isInstanceOf(Outcome.Done.class);
        assertThat(operators.relays.find("backup.test")).isEmpty();
    }

    @Test
    void administersTlsPolicies() {
        TlsPolicyView view = Operators.done(operators.tx(() -> operators.policies.create(
                ".Partner.test",
                new TlsPolicyAdministration.Change(Optional.of("verify"), Optional.of(List.of("mx.partner.test"))))));

        assertThat(view.domain()).isEqualTo(".partner.test");
        same(operators.policies.find(".PARTNER.test").orElseThrow(), view);
        assertThat(Operators.refusals(operators.tx(() -> operators.policies.create(
                        ".partner.test", new TlsPolicyAdministration.Change(Optional.of("may"), Optional.empty())))))
                .containsExactly("domain TAKEN");
        assertThat(Operators.refusals(operators.tx(() -> operators.policies.create(
                        ".", new TlsPolicyAdministration.Change(Optional.empty(), Optional.empty())))))
                .containsExactly("domain MISSING", "level MISSING");
        assertThat(Operators.done(operators.tx(() -> operators.policies.change(
                                ".partner.test",
                                new TlsPolicyAdministration.Change(Optional.of("dane-only"), Optional.empty()))))
                        .level())
                .isEqualTo(TlsLevel.DANE);
        assertThat(operators.policies.list("partner", 1, 0).total()).isEqualTo(1);
        assertThat(operators.tx(() -> operators.policies.delete(".partner.test")))
                .isInstanceOf(Outcome.Done.class);
        assertThat(operators.tx(() -> operators.policies.delete(".partner.test")))
                .isInstanceOf(Outcome.NotFound.class);
    }

    @Test
    void administersOrigins() {
        OriginView view = Operators.done(operators.tx(() -> operators.origins.create(
                "own.test",
                new OriginAdministration.Change(
                        Optional.of("out.own.test"), Optional.of("192.0.2.7"), Optional.of("2001:db8::7")))));

        assertThat(view.source()).contains(InetAddress.ofLiteral("192.0.2.7"));
        same(operators.origins.find(view.id()).orElseThrow(), view);
        assertThat(Operators.refusals(operators.tx(() -> operators.origins.create(
                        "OWN.test",
                        new OriginAdministration.Change(Optional.empty(), Optional.empty(), Optional.empty())))))
                .containsExactly("senderDomain TAKEN");
        assertThat(Operators.refusals(operators.tx(() -> operators.origins.create(
                        "x.test",
                        new OriginAdministration.Change(
                                Optional.of("a b"), Optional.of("2001:db8::7"), Optional.of("192.0.2.7"))))))
                .containsExactly("helo MALFORMED", "source MALFORMED", "source6 MALFORMED");
        OriginView changed = Operators.done(operators.tx(() -> operators.origins.change(
                view.id(), new OriginAdministration.Change(Optional.empty(), Optional.of(""), Optional.empty()))));
        assertThat(changed.source()).isEmpty();
        assertThat(changed.helo()).contains(DomainName.parse("out.own.test"));
        assertThat(operators.origins.list("own", 1, 0).total()).isEqualTo(1);
        assertThat(operators.tx(() -> operators.origins.delete(view.id()))).isInstanceOf(Outcome.Done.class);
        assertThat(operators.origins.find(view.id())).isEmpty();
    }

    /** The database keeps microseconds. */
    private static void same(Object found, Object expected) {
        assertThat(found)
                .usingRecursiveComparison()
                .ignoringFields("createdAt", "updatedAt")
                .isEqualTo(expected);
    }

    private static RouteChange identity(String certificate, String key) {
        RouteChange none = RouteChange.NONE;
        return new RouteChange(
                none.senderDomain(),
                none.recipientDomain(),
                Optional.of("a.test"),
                none.port(),
                none.tls(),
                none.tlsNames(),
                none.implicitTls(),
                none.username(),
                none.password(),
                none.clearText(),
                Optional.of(certificate),
                Optional.of(new Secret(key)),
                none.disabled(),
                none.note());
    }

    private static String certificate(TestCertificates made) {
        try {
            return pem("CERTIFICATE", made.certificate().getEncoded());
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static String key(TestCertificates made) {
        return pem("PRIVATE KEY", made.keys().getPrivate().getEncoded());
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }
}
