// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.sts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.ZoneResolver;
import org.wildpost.core.https.HttpsClient;
import org.wildpost.core.sts.StsPolicy;
import org.wildpost.core.tlsreport.ResultType;
import org.wildpost.core.trust.Authorities;
import org.wildpost.core.trust.TestCertificates;
import org.wildpost.ejb.TestClock;
import org.wildpost.ejb.TestDatabase;

/** RFC 8461 §3.3: fetching over real HTTPS, keeping in a real database. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class StsPoliciesTest {
    private static final DomainName DOMAIN = DomainName.parse("sts.test");
    private static final String POLICY = "version: STSv1\nmode: enforce\nmx: mx.sts.test\nmax_age: 604800\n";
    private static final TestCertificates ROOT = TestCertificates.authority("root");

    private static TestDatabase database;

    private final TestClock clock = new TestClock();
    private final ZoneResolver dns = new ZoneResolver("""
            _mta-sts.sts.test TXT "v=STSv1; id=1;"
            mta-sts.sts.test  A   127.0.0.1
            """);
    private final AtomicInteger fetches = new AtomicInteger();
    private final StsPolicies policies = node();
    private HttpsServer server;
    private String body = POLICY;
    private String contentType = "text/plain";
    private int status = 200;

    @BeforeAll
    static void startDatabase() {
        database = new TestDatabase();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void start() throws IOException {
        database.execute("truncate sts_policy");
        serve(ROOT.host("mta-sts.sts.test"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetchesOnceAndKeepsForAllNodes() {
        assertThat(mode(policies)).isEqualTo("enforce");
        assertThat(mode(policies)).isEqualTo("enforce");
        assertThat(mode(attached(node()))).isEqualTo("enforce");

        assertThat(fetches).hasValue(1);
        assertThat(database.column("select domain || ' ' || policy_id || ' ' || mode from sts_policy"))
                .containsExactly("sts.test 1 ENFORCE");
    }

    @Test
    void fetchesAgainWhenTheIdIsAnother() {
        mode(policies);
        body = POLICY.replace("enforce", "testing");
        assertThat(mode(policies)).isEqualTo("enforce");

        publish("2");

        assertThat(mode(policies)).isEqualTo("testing");
        assertThat(fetches).hasValue(2);
    }

    /** RFC 8461 §3.3: what is kept stays good to its end, whatever becomes of record and host. */
    @Test
    void holdsOnToWhatItHas() {
        mode(policies);
        status = 404;
        publish("2");
        assertThat(mode(policies)).isEqualTo("enforce");
        dns.remove("_mta-sts.sts.test", "TXT");
        assertThat(mode(policies)).isEqualTo("enforce");
        dns.fail("_mta-sts.sts.test", "TXT", "SERVFAIL");
        assertThat(mode(policies)).isEqualTo("enforce");
        assertThat(mode(attached(node()))).isEqualTo("enforce");

        clock.forward(Duration.ofDays(8));

        assertThat(policies.find(DOMAIN)).isEqualTo(new StsFinding.Absent());
        assertThat(policies.known(DOMAIN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "404, text/plain, STS_POLICY_FETCH_ERROR",
        "301, text/plain, STS_POLICY_FETCH_ERROR",
        "200, text/html,  STS_POLICY_INVALID"
    })
    void takesNoPolicyFromAnAnswerThatIsNone(int code, String type, ResultType expected) {
        status = code;
        contentType = type;
        assertThat(unreachable(policies)).isEqualTo(expected);
    }

    @Test
    void takesNoPolicyThatIsMalformedOrTooLarge() {
        body = "version: STSv1\nmode: enforce\n";
        assertThat(unreachable(policies)).isEqualTo(ResultType.STS_POLICY_INVALID);
        body = POLICY + "#".repeat(StsPolicy.MAX_OCTETS);
        publish("2");
        assertThat(unreachable(policies)).isEqualTo(ResultType.STS_POLICY_FETCH_ERROR);
    }

    @Test
    void takesNoPolicyFromAHostThatDoesNotProveItself() throws IOException {
        for (TestCertificates bad : List.of(
                ROOT.expired("mta-sts.sts.test"),
                ROOT.host("sts.test"),
                TestCertificates.selfSigned("mta-sts.sts.test"))) {
            server.stop(0);
            serve(bad);
            StsPolicies node = attached(node());
            assertThat(unreachable(node)).isEqualTo(ResultType.STS_WEBPKI_INVALID);
        }
    }

    /** RFC 8461 §3.3: not more often than every five minutes. */
    @Test
    void doesNotAskAgainAtOnceWhenAFetchFailed() {
        status = 500;
        unreachable(policies);
        unreachable(policies);
        assertThat(fetches).hasValue(1);

        clock.forward(StsPolicies.BACK_OFF);
        status = 200;

        assertThat(mode(policies)).isEqualTo("enforce");
        assertThat(fetches).hasValue(2);
    }

    @Test
    void fetchesOnceForMany() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(threads.submit(() -> mode(policies)));
            }
            for (Future<String> one : all) {
                assertThat(one.get()).isEqualTo("enforce");
            }
        }
        // Those that came after the first was done find it kept.
        assertThat(fetches.get()).isBetween(1, 2);
    }

    @Test
    void asksNobodyWhereThereIsNoRecord() {
        dns.remove("_mta-sts.sts.test", "TXT");
        assertThat(policies.find(DOMAIN)).isEqualTo(new StsFinding.Absent());
        assertThat(fetches).hasValue(0);
    }

    @Test
    void refreshesAheadWhatIsInUse() {
        mode(policies);
        assertThat(policies.refresh()).isZero();
        clock.forward(StsPolicies.REFRESH_AFTER);

        assertThat(policies.refresh()).isEqualTo(1);
        assertThat(policies.refresh()).isZero();

        clock.forward(Duration.ofDays(6).plusHours(23));
        dns.remove("_mta-sts.sts.test", "TXT");
        assertThat(mode(policies)).isEqualTo("enforce");
    }

    @Test
    void refreshesAheadWhatEndsWithinADay() {
        body = POLICY.replace("604800", "86400");
        mode(policies);
        clock.forward(Duration.ofHours(11));
        assertThat(policies.refresh()).isZero();
        clock.forward(Duration.ofHours(1));
        assertThat(policies.refresh()).isEqualTo(1);

        status = 404;
        clock.forward(Duration.ofHours(23));
        assertThat(mode(policies)).isEqualTo("enforce");
    }

    @Test
    void refreshesNothingThatNobodyUsesAndForgetsWhatEnded() {
        body = POLICY.replace("604800", "31557600");
        mode(policies);
        clock.forward(StsPolicies.USED.plusDays(1));
        assertThat(policies.refresh()).isZero();
        assertThat(database.column("select count(*) from sts_policy")).containsExactly("1");

        clock.forward(Duration.ofDays(366));
        policies.refresh();
        assertThat(database.column("select count(*) from sts_policy")).containsExactly("0");
    }

    @Test
    void worksFromMemoryWhenTheDatabaseDoesNotAnswer() {
        mode(policies);
        database.execute("alter table sts_policy rename to away");
        try {
            clock.forward(StsPolicies.FRESH.multipliedBy(2));
            assertThat(mode(policies)).isEqualTo("enforce");
        } finally {
            database.execute("alter table away rename to sts_policy");
        }
    }

    private StsPolicies node() {
        StsPolicies node = new StsPolicies();
        node.dns = dns;
        node.database = database.jdbc();
        node.clock = clock;
        return node;
    }

    private StsPolicies attached(StsPolicies node) {
        node.fetchBy(new StsFetcher(
                new HttpsClient(dns, Authorities.of(ROOT.chain()), Duration.ofSeconds(20), StsPolicy.MAX_OCTETS),
                server.getAddress().getPort()));
        return node;
    }

    private void serve(TestCertificates certificate) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
        server.createContext(StsPolicy.PATH, exchange -> {
            try (exchange) {
                fetches.incrementAndGet();
                exchange.getResponseHeaders().add("Content-Type", contentType + "; charset=utf-8");
                exchange.getResponseHeaders().add("Location", "https://mta-sts.sts.test/elsewhere");
                byte[] octets = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, octets.length);
                exchange.getResponseBody().write(octets);
            } catch (IOException e) {
                // The client closed when it had enough.
                exchange.close();
            }
        });
        server.start();
        attached(policies);
    }

    private void publish(String id) {
        dns.remove("_mta-sts.sts.test", "TXT").add("_mta-sts.sts.test TXT \"v=STSv1; id=" + id + "\"");
    }

    private static String mode(StsPolicies policies) {
        return ((StsFinding.Published) policies.find(DOMAIN)).policy().mode().text();
    }

    private static ResultType unreachable(StsPolicies policies) {
        return ((StsFinding.Unreachable) policies.find(DOMAIN)).type();
    }
}
