// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.DomainName;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** The resolver against a server that answers as it is told: RFC 1035, RFC 2308, RFC 5452, RFC 7766, RFC 9520. */
class DnsJavaResolverTest {
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");

    @Test
    void asksOnceForWhatItKnows() throws IOException {
        try (ScriptedServer server = new ScriptedServer(query -> answered(query, txt(query, "hello")));
                DnsJavaResolver dns = resolver(server.address())) {
            assertThat(dns.txt("a.test").recordsOrNone()).containsExactly("hello");
            assertThat(dns.txt("A.TEST").recordsOrNone()).containsExactly("hello");

            assertThat(server.asked()).containsExactly("udp a.test TXT");
        }
    }

    @Test
    void asksOnceForMany() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(query -> {
                    await(open);
                    return answered(query, txt(query, "hello"));
                });
                DnsJavaResolver dns = resolver(server.address());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> answers = new ArrayList<>();
            Callable<List<String>> question = () -> dns.txt("a.test").recordsOrNone();
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(question));
            }
            open.countDown();

            for (Future<List<String>> answer : answers) {
                assertThat(answer.get()).containsExactly("hello");
            }
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void keepsThatThereIsNoneOnlyAsLongAsTheZoneSays() throws IOException {
        try (ScriptedServer server = new ScriptedServer(query -> {
                    Message none = ScriptedServer.answer(query, Rcode.NXDOMAIN);
                    if (query.getQuestion().getName().toString().startsWith("kept")) {
                        none.addRecord(soa(60), Section.AUTHORITY);
                    }
                    return List.of(none.toWire());
                });
                DnsJavaResolver dns = resolver(server.address())) {
            for (int i = 0; i < 2; i++) {
                assertThat(dns.txt("kept.test")).isEqualTo(new DnsAnswer.None<>(false, false));
                assertThat(dns.txt("other.test")).isEqualTo(new DnsAnswer.None<>(false, false));
            }
            assertThat(server.asked()).containsExactly("udp kept.test TXT", "udp other.test TXT", "udp other.test TXT");
        }
    }

    @Test
    void returnsWithinItsTimeLimitWhenNobodyAnswers() throws IOException {
        try (ScriptedServer server = new ScriptedServer(query -> List.of());
                DnsJavaResolver dns = new DnsJavaResolver(settings(Duration.ofMillis(300), server.address()))) {
            Instant began = Instant.now();

            assertThat(dns.addresses(DomainName.parse("a.test"))).isInstanceOf(DnsAnswer.Failed.class);

            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void asksTheNextServerWhenOneFailsOrRefuses() throws IOException {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), DaemonTools.freePort());
        try (ScriptedServer refusing = new ScriptedServer(ScriptedServer::refused);
                ScriptedServer good = new ScriptedServer(query -> answered(query, txt(query, "hello")));
                DnsJavaResolver dns = new DnsJavaResolver(
                        settings(Duration.ofSeconds(10), nobody, refusing.address(), good.address()))) {
            assertThat(dns.txt("a.test").recordsOrNone()).containsExactly("hello");
            assertThat(refusing.asked()).hasSize(1);
        }
    }

    @Test
    void saysWhyNobodyKnowsAndDoesNotAskAgainAtOnce() throws IOException {
        try (ScriptedServer refusing = new ScriptedServer(ScriptedServer::refused);
                DnsJavaResolver dns = resolver(refusing.address())) {
            assertThat(dns.txt("a.test")).isEqualTo(new DnsAnswer.Failed<>("REFUSED"));
            assertThat(dns.txt("a.test")).isEqualTo(new DnsAnswer.Failed<>("REFUSED"));
            assertThat(refusing.asked()).hasSize(1);
        }
    }

    /** RFC 5452 §9.1: id and question must be those that were asked; forged datagrams before the true one change nothing. */
    @Test
    void doesNotListenToAnswersOfOthers() throws IOException {
        try (ScriptedServer server = new ScriptedServer(query -> {
                    Message wrongId = ScriptedServer.answer(query, Rcode.NOERROR, txt(query, "forged"));
                    wrongId.getHeader().setID(query.getHeader().getID() ^ 1);
                    Message wrongName = new Message(query.getHeader().getID());
                    wrongName.getHeader().setFlag(Flags.QR);
                    wrongName.addRecord(Record.newRecord(name("b.test."), Type.TXT, DClass.IN), Section.QUESTION);
                    return List.of(
                            wrongId.toWire(),
                            wrongName.toWire(),
                            new byte[] {1, 2, 3},
                            query.toWire(),
                            ScriptedServer.answer(query, Rcode.NOERROR, txt(query, "true"))
                                    .toWire());
                });
                DnsJavaResolver dns = resolver(server.address())) {
            assertThat(dns.txt("a.test").recordsOrNone()).containsExactly("true");
        }
    }

    @Test
    void asksAgainByTcpWhenTheAnswerIsCut() throws IOException {
        try (ScriptedServer server = new ScriptedServer(query -> {
                    Message cut = ScriptedServer.answer(query, Rcode.NOERROR, txt(query, "whole"));
                    cut.getHeader().setFlag(Flags.TC);
                    return List.of(cut.toWire());
                });
                DnsJavaResolver dns = resolver(server.address())) {
            assertThat(dns.txt("a.test").recordsOrNone()).containsExactly("whole");
            assertThat(server.asked()).containsExactly("udp a.test TXT", "tcp a.test TXT");
        }
    }

    @Test
    void followsAliasesInOneMessageAndOverMany() throws IOException {
        try (ScriptedServer server = new ScriptedServer(query -> {
                    Name asked = query.getQuestion().getName();
                    return switch (asked.toString()) {
                        case "a.test." -> answered(query, alias("a.test.", "b.test."), alias("b.test.", "c.test."));
                        case "c.test." -> answered(query, new TXTRecord(asked, DClass.IN, 60, "end"));
                        default -> answered(query, alias(asked.toString(), asked.toString()));
                    };
                });
                DnsJavaResolver dns = resolver(server.address())) {
            assertThat(dns.txt("a.test").recordsOrNone()).containsExactly("end");
            assertThat(dns.txt("circle.test")).isEqualTo(new DnsAnswer.Failed<>("its aliases go in a circle"));
            assertThat(server.asked()).containsExactly("udp a.test TXT", "udp c.test TXT", "udp circle.test TXT");
        }
    }

    @Test
    void learnsFromRecordsThatTheirNameIsNoAlias() throws IOException {
        try (ScriptedServer server =
                        new ScriptedServer(query -> query.getQuestion().getType() == Type.A
                                ? answered(
                                        query, new ARecord(query.getQuestion().getName(), DClass.IN, 60, ADDRESS))
                                : answered(query));
                DnsJavaResolver dns = resolver(server.address())) {
            dns.addresses(DomainName.parse("a.test"));
            assertThat(dns.alias(DomainName.parse("a.test"))).isEqualTo(new DnsAnswer.None<>(true, false));
            assertThat(server.asked()).containsExactlyInAnyOrder("udp a.test A", "udp a.test AAAA");
        }
    }

    @Test
    void doesNotFollowAliasesForEver() throws IOException {
        try (ScriptedServer server = new ScriptedServer(query -> {
                    Name asked = query.getQuestion().getName();
                    return answered(query, alias(asked.toString(), "x" + asked));
                });
                DnsJavaResolver dns = resolver(server.address())) {
            assertThat(dns.txt("a.test")).isEqualTo(new DnsAnswer.Failed<>("too many aliases"));
            assertThat(server.asked()).hasSize(DnsJavaResolver.MAX_ALIASES + 1);
        }
    }

    /** RFC 3596: each family is a question of its own, and one of them is enough. */
    @ParameterizedTest
    @CsvSource({
        "found, found,  'Found 2'",
        "found, none,   'Found 1'",
        "found, failed, 'Found 1'",
        "none,  none,   'None'",
        "none,  failed, 'Failed'",
        "failed,failed, 'Failed'"
    })
    void putsTheFamiliesTogether(String four, String six, String expected) throws IOException {
        try (ScriptedServer server = new ScriptedServer(query -> {
                    Name asked = query.getQuestion().getName();
                    boolean isFour = query.getQuestion().getType() == Type.A;
                    return switch (isFour ? four : six) {
                        case "found" ->
                            answered(
                                    query,
                                    isFour
                                            ? new ARecord(asked, DClass.IN, 60, ADDRESS)
                                            : new org.xbill.DNS.AAAARecord(
                                                    asked, DClass.IN, 60, InetAddress.ofLiteral("2001:db8::1")));
                        case "none" -> answered(query);
                        default -> ScriptedServer.refused(query);
                    };
                });
                DnsJavaResolver dns = resolver(server.address())) {
            DnsAnswer<InetAddress> answer = dns.addresses(DomainName.parse("a.test"));

            String size = answer instanceof DnsAnswer.Found<InetAddress> found
                    ? " " + found.records().size()
                    : "";
            assertThat(answer.getClass().getSimpleName() + size).isEqualTo(expected);
        }
    }

    @Test
    void takesAReferralForAServerThatDoesNotDoItsWork() throws IOException {
        try (ScriptedServer server = new ScriptedServer(query -> {
                    Message referral = ScriptedServer.answer(query, Rcode.NOERROR);
                    referral.addRecord(new NSRecord(name("test."), DClass.IN, 60, name("ns.test.")), Section.AUTHORITY);
                    return List.of(referral.toWire());
                });
                DnsJavaResolver dns = resolver(server.address())) {
            assertThat(dns.txt("a.test")).isInstanceOf(DnsAnswer.Failed.class);
        }
    }

    @Test
    void hasNoAnswerForWhatIsNoName() throws IOException {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::refused);
                DnsJavaResolver dns = resolver(server.address())) {
            String longLabel = "x".repeat(64) + ".test";
            assertThat(dns.txt(longLabel)).isEqualTo(new DnsAnswer.None<>(false, false));
            assertThat(dns.txt("x.".repeat(130) + "test")).isEqualTo(new DnsAnswer.None<>(false, false));
            assertThat(dns.addresses(DomainName.parse("[192.0.2.1]"))).isEqualTo(new DnsAnswer.None<>(false, false));
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void asksForNamesOfAddressesBackwards() throws IOException {
        try (ScriptedServer server = new ScriptedServer(query -> answered(query));
                DnsJavaResolver dns = resolver(server.address())) {
            dns.names(ADDRESS);
            dns.names(InetAddress.ofLiteral("2001:db8::1"));
            assertThat(server.asked().getFirst()).isEqualTo("udp 1.2.0.192.in-addr.arpa PTR");
            assertThat(server.asked().getLast()).startsWith("udp 1.0.0.0.").endsWith(".8.b.d.0.1.0.0.2.ip6.arpa PTR");
        }
    }

    @Test
    void answersNothingMoreWhenItIsClosed() throws IOException {
        try (ScriptedServer server = new ScriptedServer(query -> answered(query, txt(query, "hello")))) {
            DnsJavaResolver dns = resolver(server.address());
            dns.close();
            assertThat(dns.txt("a.test")).isInstanceOf(DnsAnswer.Failed.class);
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void trustsTheBitOfServersOnTheSameHostAlone() {
        assertThatThrownBy(() -> new DnsSettings(
                        DnsServers.parse("127.0.0.1,192.0.2.53"), Duration.ofSeconds(1), DnsSettings.Proof.AD_BIT, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org. IN A 192.0.2.1", ". IN DS nonsense"})
    void refusesTrustAnchorsThatAreNone(String anchors) {
        assertThatThrownBy(() -> new DnsJavaResolver(new DnsSettings(
                        DnsServers.parse("127.0.0.1"), Duration.ofSeconds(1), DnsSettings.Proof.IN_PROCESS, anchors)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasBothKeysOfTheRoot() {
        try (DnsJavaResolver dns = new DnsJavaResolver(new DnsSettings(
                DnsServers.parse("127.0.0.1"),
                Duration.ofSeconds(1),
                DnsSettings.Proof.IN_PROCESS,
                DnsSettings.ROOT_ANCHORS))) {
            assertThat(dns).isNotNull();
        }
        assertThat(DnsSettings.ROOT_ANCHORS.lines())
                .hasSize(2)
                .allMatch(line -> line.matches("\\. IN DS (20326|38696) 8 2 [0-9A-F]{64}"));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,                   127.0.0.1:53",
        "127.0.0.1:5353,              127.0.0.1:5353",
        "'192.0.2.1 , 192.0.2.2:99,', 192.0.2.1:53 192.0.2.2:99",
        "::1,                         0:0:0:0:0:0:0:1:53",
        "[2001:db8::1]:54,            2001:db8:0:0:0:0:0:1:54",
        "[2001:db8::1],               2001:db8:0:0:0:0:0:1:53"
    })
    void readsServers(String text, String expected) {
        assertThat(DnsServers.parse(text).stream()
                        .map(server -> server.getAddress().getHostAddress() + ":" + server.getPort())
                        .toList())
                .containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "dns.example.org",
                "127.0.0.1:",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "127.0.0.1:x",
                "[::1",
                "1.2.3"
            })
    void refusesWhatIsNoServer(String text) {
        assertThatThrownBy(() -> DnsServers.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsResolvConf() {
        assertThat(DnsServers.ofResolvConf("""
                        # a comment
                        search example.org
                        nameserver 192.0.2.1
                        nameserver   2001:db8::1
                        nameserver nonsense
                        """))
                .extracting(server -> server.getAddress().getHostAddress())
                .containsExactly("192.0.2.1", "2001:db8:0:0:0:0:0:1");
        assertThat(DnsServers.ofResolvConf("options edns0\n"))
                .containsExactly(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53));
    }

    private static DnsJavaResolver resolver(InetSocketAddress server) {
        return new DnsJavaResolver(settings(Duration.ofSeconds(10), server));
    }

    private static DnsSettings settings(Duration limit, InetSocketAddress... servers) {
        return new DnsSettings(List.of(servers), limit, DnsSettings.Proof.NONE, "");
    }

    private static List<byte[]> answered(Message query, Record... records) {
        return List.of(ScriptedServer.answer(query, Rcode.NOERROR, records).toWire());
    }

    private static Record txt(Message query, String text) {
        return new TXTRecord(query.getQuestion().getName(), DClass.IN, 300, text);
    }

    private static Record alias(String from, String to) {
        return new CNAMERecord(name(from), DClass.IN, 60, name(to));
    }

    private static Record soa(long minimum) {
        return new SOARecord(name("test."), DClass.IN, 300, name("ns.test."), name("h.test."), 1, 1, 1, 1, minimum);
    }

    private static Name name(String text) {
        return Name.fromConstantString(text);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
