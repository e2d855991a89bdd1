// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.trust.TlsLevel;

/** Where mail goes: RFC 5321 §5.1, RFC 7505, routes of operators and their precedence. */
class PolicyRoutesTest {
    private final Ways ways = new Ways("""
            two.test          MX   10 a.two.test
            two.test          MX   20 b.two.test
            a.two.test        A    192.0.2.1
            a.two.test        AAAA 2001:db8::1
            null.test         MX   0 .
            plain.test        A    192.0.2.3
            ours.test         MX   10 mail.own.test
            alias.test        MX   10 us.alias.test
            alias.test        MX   20 b.alias.test
            us.alias.test     A    127.0.0.1
            b.alias.test      A    192.0.2.4
            relayed.test      MX   10 in.relayed.test
            relayed.test      MX   20 mail.own.test
            hollow.test       MX   10 nowhere.hollow.test
            smart.example     A    192.0.2.9
            """);

    @Test
    void goesToTheExchangersInTheirOrder() {
        assertThat(hops(ways.find("two.test"))).containsExactly("a.two.test:25", "b.two.test:25");
        assertThat(hops(ways.find("plain.test"))).containsExactly("plain.test:25");
        assertThat(hops(ways.find("[192.0.2.7]"))).containsExactly("[192.0.2.7]:25");
    }

    @ParameterizedTest
    @CsvSource({
        "null.test, 5.1.10",
        "nothing.test, 5.1.2",
        "ours.test, 5.4.6",
        "[127.0.0.1], 5.4.6",
        "[nonsense], 5.1.2"
    })
    void goesNowhereForGood(String destination, String status) {
        assertThat(ways.find(destination))
                .isInstanceOfSatisfying(
                        Route.Refused.class,
                        refused -> assertThat(refused.outcome().status()).isEqualTo(status));
    }

    @Test
    void waitsWhenNobodyKnows() {
        ways.dns.fail("two.test", "MX", "SERVFAIL");

        assertThat(ways.find("two.test"))
                .isEqualTo(new Route.Unknown(new Attempt.Deferred(
                        "4.4.3", "the exchangers of two.test are not known: SERVFAIL", Attempt.Scope.DESTINATION)));
    }

    @Test
    void waitsWhenTheTablesCannotBeRead() {
        ways.set.fail();

        assertThat(ways.find("two.test")).isInstanceOf(Route.Unknown.class);
        assertThat(ways.reach("two.test", "a.two.test"))
                .isInstanceOfSatisfying(
                        Reach.Not.class, not -> assertThat(not.outcome()).isInstanceOf(Attempt.Deferred.class));
    }

    @Test
    void triesTheFamiliesInTurn() {
        Reach.At at = (Reach.At) ways.reach("two.test", "a.two.test");
        assertThat(at.addresses().stream().map(address -> address.getHostAddress()))
                .containsExactly("2001:db8:0:0:0:0:0:1", "192.0.2.1");
        assertThat(at.serverName()).isEqualTo(DomainName.parse("a.two.test"));
        assertThat(at.policy()).isEqualTo("opportunistic");
    }

    /** The host has another name in the list than it knows of, but its address is there. */
    @Test
    void neverGoesToItselfNorPastItself() {
        assertThat(hops(ways.find("alias.test"))).hasSize(2);
        for (String host : List.of("us.alias.test", "b.alias.test")) {
            assertThat(ways.reach("alias.test", host)).isInstanceOfSatisfying(Reach.Not.class, not -> {
                assertThat(not.outcome()).isInstanceOf(Attempt.Failed.class);
                assertThat(not.outcome().status()).isEqualTo("5.4.6");
            });
        }
    }

    @Test
    void saysWhyAHostIsNotReached() {
        assertThat(ways.reach("hollow.test", "nowhere.hollow.test"))
                .isEqualTo(new Reach.Not(
                        new Attempt.Failed("5.4.4", "the host nowhere.hollow.test has no address"), "none"));
        ways.dns.fail("nowhere.hollow.test", "A", "no answer");
        assertThat(ways.reach("hollow.test", "nowhere.hollow.test"))
                .isInstanceOfSatisfying(
                        Reach.Not.class,
                        not -> assertThat(not.outcome().status()).isEqualTo("4.4.3"));
    }

    /** The list was answered when the hosts were looked for, and is not when the first one's turn comes. */
    @Test
    void neverTakesAListThatIsNotKnownAnyMoreForInsecure() {
        assertThat(ways.find("two.test")).isInstanceOf(Route.Exchanges.class);
        ways.dns.fail("two.test", "MX", "SERVFAIL");

        assertThat(ways.reach("two.test", "a.two.test"))
                .isEqualTo(new Reach.Not(
                        new Attempt.Deferred(
                                "4.4.3",
                                "the exchangers of two.test are not known: SERVFAIL",
                                Attempt.Scope.DESTINATION),
                        "none"));
    }

    /** Reroute, relay domain's host, both domains, recipient's, sender's, everybody's, exchangers. */
    @ParameterizedTest
    @CsvSource({
        "two.test,     -,        all.example:25",
        "two.test,     own.test, sender.example:587",
        "to.test,      -,        recipient.example:25",
        "to.test,      own.test, both.example:25",
        "direct.test,  own.test, direct.test:25",
        "hosted.test,  own.test, in.hosted.test:2525",
        "relayed.test, own.test, in.relayed.test:25",
        "guided.test,  -,        guide.example:25"
    })
    void takesTheFirstWayThatSomebodySet(String destination, String sender, String expected) {
        ways.dns.add("direct.test A 192.0.2.3");
        ways.set
                .smarthost("", "", "all.example", 25, TlsLevel.MAY, "")
                .smarthost("own.test", "", "sender.example", 587, TlsLevel.ENCRYPT, "us")
                .smarthost("", "to.test", "recipient.example", 25, TlsLevel.MAY, "")
                .smarthost("own.test", "to.test", "both.example", 25, TlsLevel.MAY, "")
                .smarthost("", "direct.test", "", 25, TlsLevel.MAY, "")
                .relay("hosted.test", "in.hosted.test", 2525)
                .relay("relayed.test", "", 25)
                .relay("guided.test", "", 25)
                .smarthost("", "guided.test", "guide.example", 25, TlsLevel.MAY, "");
        Optional<String> from = sender.equals("-") ? Optional.empty() : Optional.of(sender);

        Route route = ways.routes.find(Ways.shipment(destination, from, Optional.empty(), false));
        Route rerouted = ways.routes.find(
                Ways.shipment(destination, from, Optional.of(new Shipment.Reroute("192.0.2.8", 26)), false));

        assertThat(hops(route)).containsExactly(expected);
        assertThat(hops(rerouted)).containsExactly("[192.0.2.8]:26");
    }

    @Test
    void logsInWhereTheRouteSays() {
        ways.set.smarthost("", "", "smart.example", 587, TlsLevel.ENCRYPT, "us").origin("", "out.own.test");

        Route.Smarthost route = (Route.Smarthost) ways.find("two.test");

        assertThat(route.login().orElseThrow().username()).isEqualTo("us");
        assertThat(route.origin().helo()).isEqualTo("out.own.test");
        assertThat(route.implicitTls()).isFalse();
    }

    @Test
    void waitsForAHostThatSomebodyNamedAndThatIsAway() {
        ways.set.smarthost("", "", "away.example", 25, TlsLevel.MAY, "");

        assertThat(ways.reach("two.test", "away.example"))
                .isInstanceOfSatisfying(
                        Reach.Not.class, not -> assertThat(not.outcome()).isInstanceOf(Attempt.Deferred.class));
    }

    @Test
    void waitsWhenTheSecretsOfARouteCannotBeOpened() {
        ways.set.faulty("two.test", "set them anew");

        assertThat(ways.find("two.test"))
                .isEqualTo(
                        new Route.Unknown(new Attempt.Deferred("4.3.5", "set them anew", Attempt.Scope.DESTINATION)));
    }

    @Test
    void greetsAsTheSendersOriginSaysAndKnowsItselfByThatName() {
        ways.set.origin("own.test", "out.own.test");
        ways.dns.add("theirs.test MX 10 out.own.test");

        Route.Exchanges route = (Route.Exchanges)
                ways.routes.find(Ways.shipment("two.test", Optional.of("own.test"), Optional.empty(), false));

        assertThat(route.origin().helo()).isEqualTo("out.own.test");
        assertThat(((Route.Exchanges) ways.find("two.test")).origin().helo()).isEqualTo("mail.own.test");
        assertThat(ways.find("theirs.test")).isInstanceOf(Route.Refused.class);
    }

    private static List<String> hops(Route route) {
        return switch (route) {
            case Route.Exchanges exchanges ->
                exchanges.hops().stream().map(NextHop::toString).toList();
            case Route.Smarthost smarthost -> List.of(smarthost.hop().toString());
            case Route.Refused refused -> throw new AssertionError(refused.toString());
            case Route.Unknown unknown -> throw new AssertionError(unknown.toString());
        };
    }
}
