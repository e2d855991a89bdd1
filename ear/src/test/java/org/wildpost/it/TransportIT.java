// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wildpost.core.dns.SignedZones;
import org.wildpost.core.transport.PoliteServer;
import org.wildpost.core.transport.ScriptedServer;
import org.wildpost.core.trust.TestCertificates;

/**
 * The whole server among others: names from Debian's nsd with signed zones, hosts that prove themselves by TLSA records or do not, and reports that come and go by SMTP.
 * RFC 7672, RFC 7505, RFC 8460.
 */
@Timeout(90)
class TransportIT {
    private static final TestCertificates HOST = TestCertificates.selfSigned();

    private static final PoliteServer PROVED = new PoliteServer("STARTTLS").withTls(HOST.serverContext());
    private static final PoliteServer STRANGER =
            new PoliteServer("STARTTLS").withTls(TestCertificates.selfSigned().serverContext());

    /** Hosts of the domain that wants reports: one that its record does not prove, and one that it does. */
    private static final PoliteServer WEAK =
            new PoliteServer("STARTTLS").withTls(TestCertificates.selfSigned().serverContext());

    private static final PoliteServer STRONG = new PoliteServer("STARTTLS").withTls(HOST.serverContext());

    private static final List<AutoCloseable> started = new ArrayList<>();
    private static ScriptedServer weak;
    private static ScriptedServer strong;
    private static Instance server;
    private static Rest rest;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        ScriptedServer proved = ScriptedServer.playingAt(InetAddress.ofLiteral("127.0.0.2"), 0, PROVED);
        started.add(proved);
        int port = proved.port();
        started.add(ScriptedServer.playingAt(InetAddress.ofLiteral("127.0.0.3"), port, STRANGER));
        weak = ScriptedServer.playingAt(InetAddress.ofLiteral("127.0.0.4"), port, WEAK);
        started.add(weak);
        strong = ScriptedServer.playingAt(InetAddress.ofLiteral("127.0.0.5"), port, STRONG);
        started.add(strong);
        String tlsa = " IN TLSA 3 1 1 " + HOST.tlsa(1, 1) + "\n";
        SignedZones zones = new SignedZones(
                Files.createDirectories(folder.resolve("zones")),
                """
                dane IN MX 10 mx.dane
                mx.dane IN A 127.0.0.2
                forged IN MX 10 mx.forged
                mx.forged IN A 127.0.0.3
                plain IN MX 10 mx.plain
                mx.plain IN A 127.0.0.3
                told IN MX 10 mx.weak
                told IN MX 20 mx.strong
                mx.weak IN A 127.0.0.4
                mx.strong IN A 127.0.0.5
                _smtp._tls.told IN TXT "v=TLSRPTv1; rua=mailto:tls@told.signed.test"
                """
                        + Stream.of("mx.dane", "mx.forged", "mx.weak", "mx.strong")
                                .map(host -> "_" + port + "._tcp." + host + tlsa)
                                .collect(Collectors.joining())
                        + "_25._tcp.mx.strong" + tlsa);
        started.add(zones);
        Path anchors = Files.writeString(folder.resolve("anchors"), zones.anchors() + "\n");
        server = Instance.start(
                folder.resolve("data"),
                Instance.freeOffset(),
                Map.of(
                        "WILDPOST_HOSTNAME",
                        "mail.demo.test",
                        "WILDPOST_DNS_SERVERS",
                        "127.0.0.1:" + zones.address().getPort(),
                        "WILDPOST_DNS_TRUST_ANCHORS",
                        anchors.toString(),
                        "WILDPOST_REMOTE_SMTP_PORT",
                        Integer.toString(port)),
                "--demo");
        started.add(server);
        rest = new Rest(server);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable one : started.reversed()) {
            one.close();
        }
    }

    @Test
    void deliversToAHostThatItsRecordProves() throws IOException {
        submit("you@dane.signed.test");

        String record = rest.await("emails?domain=dane.signed.test", "\"state\":\"delivered\"");

        assertThat(record).contains("you@dane.signed.test");
        assertThat(PROVED.deliveries()).hasSize(1);
        assertThat(status("dane.signed.test"))
                .contains("\"policy\":\"dane\"", "\"tls_verified\":\"dane\"", "\"host\":\"mx.dane.signed.test\"");
    }

    @Test
    void keepsMailFromAHostThatItsRecordDoesNotProve() throws IOException {
        submit("you@forged.signed.test");

        String waiting = rest.await("queue?destination=forged.signed.test", "\"attempts\":1");

        assertThat(waiting).contains("\"status\":\"4.7.5\"", "TLSA");
        assertThat(STRANGER.deliveries())
                .noneMatch(delivery -> delivery.recipients().toString().contains("forged"));
    }

    @Test
    void takesTheTlsOfAHostWithoutRecords() throws IOException {
        submit("you@plain.signed.test");

        rest.await("emails?domain=plain.signed.test", "\"state\":\"delivered\"");

        assertThat(status("plain.signed.test"))
                .contains("\"policy\":\"opportunistic\"", "\"tls_protocol\":\"TLSv1.3\"");
    }

    @Test
    void waitsWhenSignaturesAreBogusAndReturnsWhatNobodyTakes() throws IOException {
        submit("you@expired.test");
        submit("you@nomail.signed.test");
        submit("you@nothing.signed.test");

        assertThat(rest.await("queue?destination=expired.test", "\"attempts\":1"))
                .contains("\"status\":\"4.4.3\"", "expired.test are not known");
        assertThat(rest.await("emails?domain=nomail.signed.test", "\"state\":\"failed\""))
                .contains("5.1.10");
        assertThat(rest.await("emails?domain=nothing.signed.test", "\"state\":\"failed\""))
                .contains("5.1.2");
    }

    /** RFC 8460 §5.3. */
    @Test
    void keepsAReportThatComesIn() throws IOException {
        String report = """
                {"organization-name":"Company-X","date-range":{"start-datetime":"2026-04-01T00:00:00Z","end-datetime":"2026-04-01T23:59:59Z"},
                 "contact-info":"x@company-x.example","report-id":"1","policies":[{"policy":{"policy-type":"no-policy-found","policy-domain":"demo.test"},
                 "summary":{"total-successful-session-count":5,"total-failure-session-count":0}}]}
                """;
        Path message = Files.createTempFile("report-", ".eml");
        Files.writeString(message, TlsReportMail.write("tls@company-x.example", "alice@demo.test", report));
        Tool.Result sent = Tool.installed("curl")
                .run(
                        "-s",
                        "smtp://127.0.0.1:" + server.port(25),
                        "--mail-from",
                        "tls@company-x.example",
                        "--mail-rcpt",
                        "alice@demo.test",
                        "--upload-file",
                        message.toString());
        assertThat(sent.exit()).as(sent.output()).isZero();

        assertThat(rest.ask("tls-reports?domain=demo.test"))
                .contains("\"organization\":\"Company-X\"", "\"successes\":5", "\"submitter\":\"company-x.example\"");
    }

    /** RFC 8460 §3: what is told of hosts that fail reaches them all the same. */
    @Test
    void tellsADomainThatWantsItWhatBecameOfTlsYesterday() throws IOException, SQLException {
        for (int i = 1; i <= 3; i++) {
            submit("you" + i + "@told.signed.test");
            rest.delivery("you" + i + "@told.signed.test", "delivered");
        }
        int failures = weak.connections();
        int successes = strong.connections();
        assertThat(STRONG.deliveries()).hasSize(3);
        assertThat(failures).isEqualTo(3);

        itWasYesterday("told.signed.test", failures + successes);
        assertThat(rest.send("POST", "tls-reports/send", "")).endsWith(" 202");
        Load.await("no report comes", () -> !WEAK.deliveries().isEmpty());

        PoliteServer.Delivery came = WEAK.deliveries().getFirst();
        assertThat(came.mail()).startsWith("MAIL FROM:<noreply-smtp-tls-reporting@demo.test>");
        assertThat(came.recipients()).singleElement().asString().startsWith("RCPT TO:<tls@told.signed.test>");
        TlsReportMail report = TlsReportMail.of(came.content());
        assertThat(report.header())
                .startsWith("multipart/report told.signed.test mail.demo.test mail.demo.test!told.signed.test!");
        assertThat(report.json())
                .contains("\"mx-host\": [\"mx.weak.signed.test\"]", TlsReportMail.summary(failures, 0))
                .contains("\"mx-host\": [\"mx.strong.signed.test\"]", TlsReportMail.summary(0, successes))
                .contains("\"result-type\": \"validation-failure\"", "\"failed-session-count\": " + failures)
                .contains("the certificate matches no TLSA record", "\"policy-string\": [\"3 1 1 ");
    }

    /** Lets the sessions with a domain, so many as were counted, be of the day before. */
    private static void itWasYesterday(String domain, int sessions) throws IOException, SQLException {
        ServerDatabase database = new ServerDatabase(server);
        String ofDomain = " where policy_domain = '" + domain + "'";
        while (database.number("select coalesce(sum(failures + successes), 0) from tls_sessions" + ofDomain)
                < sessions) {
            // Of today nothing is sent, but what is in memory is written.
            assertThat(rest.send("POST", "tls-reports/send", "")).endsWith(" 202");
            Rest.pause();
        }
        for (String table : List.of("tls_sessions", "tls_failures")) {
            database.execute("update " + table + " set day = (now() at time zone 'UTC')::date - 1" + ofDomain);
        }
    }

    @Test
    void administersRoutesOverRest() throws IOException {
        String made = rest.send(
                "POST",
                "routes",
                "{\"recipientDomain\":\"smart.example\",\"host\":\"smtp.example.net\",\"username\":\"us\",\"passwordPlaintext\":\"hush hush\"}");
        assertThat(made)
                .contains("\"port\":587", "\"tls\":\"encrypt\"")
                .doesNotContain("hush")
                .endsWith(" 201");
        assertThat(rest.send("POST", "routes", "{\"recipientDomain\":\"smart.example\",\"host\":\"b.example\"}"))
                .contains("recipientDomain")
                .endsWith(" 409");
        assertThat(rest.send("POST", "relay-domains", "{\"name\":\"demo.test\"}"))
                .contains("\"name\"")
                .endsWith(" 409");
        assertThat(rest.send("POST", "tls-policies", "{\"domain\":\".bank.example\",\"level\":\"strong\"}"))
                .contains("\"level\"")
                .endsWith(" 422");
        assertThat(rest.send("POST", "origins", "{\"senderDomain\":\"demo.test\",\"helo\":\"out.demo.test\"}"))
                .endsWith(" 201");
        assertThat(rest.ask("routes?query=smart")).contains("\"results_count\":1");
    }

    private static void submit(String recipient) throws IOException {
        Path message = Files.createTempFile("mail-", ".eml");
        Files.writeString(message, "From: alice@demo.test\r\nTo: " + recipient + "\r\nSubject: hello\r\n\r\nhello\r\n");
        Tool.Result sent = Tool.installed("curl")
                .run(
                        "-sk",
                        "smtps://127.0.0.1:" + server.port(465),
                        "-u",
                        "alice@demo.test:wildpost",
                        "--mail-from",
                        "alice@demo.test",
                        "--mail-rcpt",
                        recipient,
                        "--upload-file",
                        message.toString());
        assertThat(sent.exit()).as(sent.output()).isZero();
    }

    /** The tries of the one message to a domain. */
    private static String status(String domain) throws IOException {
        String id = rest.ask("emails?domain=" + domain).replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
        return rest.ask("emails/" + id + "/status");
    }
}
