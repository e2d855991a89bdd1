// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mx;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.ZoneResolver;

/** RFC 5321 §5.1, RFC 7505. */
class MailExchangersTest {
    private static final OwnHosts OWN =
            new OwnHosts(Set.of(DomainName.parse("mail.own.test")), Set.of(InetAddress.ofLiteral("203.0.113.1")));

    private final ZoneResolver dns = new ZoneResolver("""
            many.test       MX   20 c.many.test
            many.test       MX   10 a.many.test
            many.test       MX   10 b.many.test
            backup.test     MX   10 first.backup.test
            backup.test     MX   20 mail.own.test
            backup.test     MX   20 same.backup.test
            backup.test     MX   30 last.backup.test
            best.test       MX   5 Mail.Own.TEST.
            best.test       MX   10 other.best.test
            null.test       MX   0 .
            mixed.test      MX   0 .
            mixed.test      MX   10 mx.mixed.test
            implicit.test   A    192.0.2.1
            empty.test      TXT  nothing
            mail.own.test   A    203.0.113.1
            renamed.test    MX   10 good.renamed.test
            renamed.test    MX   20 us.renamed.test
            renamed.test    MX   30 worse.renamed.test
            good.renamed.test  A 192.0.2.7
            us.renamed.test    A 203.0.113.1
            worse.renamed.test A 192.0.2.8
            """);

    private final MailExchangers exchangers = new MailExchangers(dns, OWN, new Random(1));

    @Test
    void triesTheLowestPreferenceFirstAndEqualOnesByChance() {
        Set<List<String>> orders = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            orders.add(hosts("many.test"));
        }
        assertThat(orders)
                .containsExactlyInAnyOrder(
                        List.of("a.many.test", "b.many.test", "c.many.test"),
                        List.of("b.many.test", "a.many.test", "c.many.test"));
    }

    @Test
    void goesOnlyToHostsThatAreNearerThanThisServer() {
        assertThat(hosts("backup.test")).containsExactly("first.backup.test");
        assertThat(find("best.test")).isEqualTo(new Exchangers.Here());
        assertThat(find("mail.own.test")).isEqualTo(new Exchangers.Here());
    }

    /** It may be there under a name that it does not know of. */
    @Test
    void recognisesItsOwnAddresses() {
        assertThat(hosts("renamed.test")).hasSize(3);
        assertThat(endsHere("renamed.test", "good.renamed.test")).isFalse();
        assertThat(endsHere("renamed.test", "us.renamed.test")).isTrue();
        assertThat(endsHere("renamed.test", "worse.renamed.test")).isTrue();
        assertThat(endsHere("us.renamed.test", "us.renamed.test")).isTrue();
        assertThat(endsHere("[203.0.113.1]", "[203.0.113.1]")).isTrue();
        assertThat(endsHere("[203.0.113.2]", "[203.0.113.2]")).isFalse();
    }

    /** A server that does not answer for one of them keeps nobody waiting for the others. */
    @Test
    void asksForAllAddressesAtOnce() {
        dns.add("""
                slow.test   MX 10 a.slow.test
                slow.test   MX 10 b.slow.test
                b.slow.test A  203.0.113.1
                """);
        CountDownLatch latch = dns.hang("a.slow.test", "A");
        Thread.ofVirtual().start(() -> {
            while (!dns.asked().contains("b.slow.test A")) {
                LockSupport.parkNanos(1_000_000);
            }
            latch.countDown();
        });

        assertThat(endsHere("slow.test", "a.slow.test")).isTrue();
    }

    @Test
    void asksForAddressesOfNoHostBeforeItsTurn() {
        hosts("renamed.test");
        endsHere("renamed.test", "good.renamed.test");
        assertThat(dns.asked()).contains("good.renamed.test A").doesNotContain("worse.renamed.test A");
    }

    @Test
    void aDomainThatTakesNoMailSaysSo() {
        assertThat(find("null.test")).isEqualTo(new Exchangers.NoMail());
        assertThat(hosts("mixed.test")).containsExactly("mx.mixed.test");
    }

    @Test
    void aDomainWithoutExchangersIsItsOwn() {
        assertThat(find("implicit.test"))
                .isEqualTo(new Exchangers.Hosts(
                        List.of(new Exchangers.Exchanger(DomainName.parse("implicit.test"), 0)), true, true));
        assertThat(find("empty.test")).isEqualTo(new Exchangers.NoSuchDomain());
        assertThat(find("nothing.test")).isEqualTo(new Exchangers.NoSuchDomain());
    }

    @Test
    void aFailureIsNeverTakenForNone() {
        dns.fail("many.test", "MX", "SERVFAIL");
        assertThat(find("many.test")).isEqualTo(new Exchangers.Unknown("SERVFAIL"));
        dns.fail("implicit.test", "A", "no answer");
        assertThat(find("implicit.test")).isEqualTo(new Exchangers.Unknown("no answer"));
    }

    @Test
    void tellsWhetherTheListWasProved() {
        assertThat(((Exchangers.Hosts) find("many.test")).secure()).isTrue();
        dns.insecure("many.test");
        assertThat(((Exchangers.Hosts) find("many.test")).secure()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "[192.0.2.1],            Hosts",
        "[IPv6:2001:db8::1],     Hosts",
        "[203.0.113.1],          Here",
        "[192.0.2],              NoSuchDomain",
        "[2001:db8::1],          NoSuchDomain",
        "[IPv6:192.0.2.1],       NoSuchDomain",
        "[192.0.2.256],          NoSuchDomain",
        "[0.0.0.0],              Here"
    })
    void anAddressLiteralIsItsOwnHost(String domain, String expected) {
        assertThat(find(domain).getClass().getSimpleName()).isEqualTo(expected);
        assertThat(dns.asked()).isEmpty();
    }

    @Test
    void triesAtMostSoManyHosts() {
        IntStream.range(0, 50).forEach(i -> dns.add("crowd.test MX 10 mx" + i + ".crowd.test"));
        assertThat(hosts("crowd.test")).hasSize(MailExchangers.MAX_HOSTS);
    }

    /** RFC 8305 §4: families in turn. */
    @Test
    void triesTheFamiliesInTurn() {
        List<InetAddress> addresses = Stream.of(
                        "192.0.2.1",
                        "192.0.2.2",
                        "192.0.2.3",
                        "192.0.2.4",
                        "192.0.2.5",
                        "192.0.2.6",
                        "192.0.2.7",
                        "2001:db8::1",
                        "2001:db8::2",
                        "0.0.0.0",
                        "::",
                        "224.0.0.1")
                .map(InetAddress::ofLiteral)
                .toList();

        List<InetAddress> ordered = AddressOrder.of(addresses, new Random(2));

        assertThat(ordered).hasSize(AddressOrder.MAX_ADDRESSES).doesNotHaveDuplicates();
        assertThat(ordered.stream().map(one -> one.getHostAddress().contains(":") ? "6" : "4"))
                .containsExactly("6", "4", "6", "4", "4", "4");
        assertThat(ordered).isNotEqualTo(AddressOrder.of(addresses, new Random(3)));
    }

    private Exchangers find(String domain) {
        return exchangers.find(DomainName.parse(domain));
    }

    private boolean endsHere(String domain, String host) {
        return exchangers.endsHere(DomainName.parse(domain), DomainName.parse(host));
    }

    private List<String> hosts(String domain) {
        return ((Exchangers.Hosts) find(domain))
                .hosts().stream().map(one -> one.host().ascii()).toList();
    }
}
