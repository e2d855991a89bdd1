// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wildpost.core.dns.SignedZones;
import org.wildpost.core.transport.PoliteServer;
import org.wildpost.core.transport.ScriptedServer;
import org.wildpost.core.trust.TestCertificates;

/**
 * The whole server among others: names from Debian's nsd with signed zones, hosts that prove themselves by TLSA records or do not, and a report that comes in by SMTP.
 * RFC 7672, RFC 7505, RFC 8460.
 */
class TransportIT {
    private static final int PATIENCE_SECONDS = 60;
    private static final TestCertificates HOST = TestCertificates.selfSigned();

    private static final PoliteServer PROVED = new PoliteServer("STARTTLS").withTls(HOST.serverContext());
    private static final PoliteServer STRANGER =
            new PoliteServer("STARTTLS").withTls(TestCertificates.selfSigned().serverContext());

    private static final List<AutoCloseable> started = new ArrayList<>();
    private static Instance server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        ScriptedServer proved = ScriptedServer.playingAt(InetAddress.ofLiteral("127.0.0.2"), 0, PROVED);
        started.add(proved);
        int port = proved.port();
        started.add(ScriptedServer.playingAt(InetAddress.ofLiteral("127.0.0.3"), port, STRANGER));
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
                """ + "_" + port + "._tcp.mx.dane" + tlsa + "_" + port + "._tcp.mx.forged" + tlsa);
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

        String record = await("emails?domain=dane.signed.test", "\"state\":\"delivered\"");

        assertThat(record).contains("you@dane.signed.test");
        assertThat(PROVED.deliveries()).hasSize(1);
        assertThat(status("dane.signed.test"))
                .contains("\"policy\":\"dane\"", "\"tls_verified\":\"dane\"", "\"host\":\"mx.dane.signed.test\"");
    }

    @Test
    void keepsMailFromAHostThatItsRecordDoesNotProve() throws IOException {
        submit("you@forged.signed.test");

        String waiting = await("queue?destination=forged.signed.test", "\"attempts\":1");

        assertThat(waiting).contains("\"status\":\"4.7.5\"", "TLSA");
        assertThat(STRANGER.deliveries())
                .noneMatch(delivery -> delivery.recipients().toString().contains("forged"));
    }

    @Test
    void takesTheTlsOfAHostWithoutRecords() throws IOException {
        submit("you@plain.signed.test");

        await("emails?domain=plain.signed.test", "\"state\":\"delivered\"");

        assertThat(status("plain.signed.test"))
                .contains("\"policy\":\"opportunistic\"", "\"tls_protocol\":\"TLSv1.3\"");
    }

    @Test
    void waitsWhenSignaturesAreBogusAndReturnsWhatNobodyTakes() throws IOException {
        submit("you@expired.test");
        submit("you@nomail.signed.test");
        submit("you@nothing.signed.test");

        assertThat(await("queue?destination=expired.test", "\"attempts\":1"))
                .contains("\"status\":\"4.4.3\"", "expired.test are not known");
        assertThat(await("emails?domain=nomail.signed.test", "\"state\":\"failed\""))
                .contains("5.1.10");
        assertThat(await("emails?domain=nothing.signed.test", "\"state\":\"failed\""))
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
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(report.getBytes(StandardCharsets.UTF_8));
        }
        Path message = Files.createTempFile("report-", ".eml");
        Files.writeString(
                message,
                "From: tls@company-x.example\r\nTo: alice@demo.test\r\nSubject: report\r\nMIME-Version: 1.0\r\n"
                        + "Content-Type: multipart/report; report-type=tlsrpt; boundary=b\r\n\r\n--b\r\nContent-Type: application/tlsrpt+gzip\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(packed.toByteArray()) + "\r\n--b--\r\n");
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

        assertThat(ask("tls-reports?domain=demo.test"))
                .contains("\"organization\":\"Company-X\"", "\"successes\":5", "\"submitter\":\"company-x.example\"");
    }

    @Test
    void administersRoutesOverRest() throws IOException {
        String made = send(
                "POST",
                "routes",
                "{\"recipientDomain\":\"smart.example\",\"host\":\"smtp.example.net\",\"username\":\"us\",\"passwordPlaintext\":\"hush hush\"}");
        assertThat(made)
                .contains("\"port\":587", "\"tls\":\"encrypt\"")
                .doesNotContain("hush")
                .endsWith(" 201");
        assertThat(send("POST", "routes", "{\"recipientDomain\":\"smart.example\",\"host\":\"b.example\"}"))
                .contains("recipientDomain")
                .endsWith(" 409");
        assertThat(send("POST", "relay-domains", "{\"name\":\"demo.test\"}"))
                .contains("\"name\"")
                .endsWith(" 409");
        assertThat(send("POST", "tls-policies", "{\"domain\":\".bank.example\",\"level\":\"strong\"}"))
                .contains("\"level\"")
                .endsWith(" 422");
        assertThat(send("POST", "origins", "{\"senderDomain\":\"demo.test\",\"helo\":\"out.demo.test\"}"))
                .endsWith(" 201");
        assertThat(ask("routes?query=smart")).contains("\"results_count\":1");
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
        String id = ask("emails?domain=" + domain).replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
        return ask("emails/" + id + "/status");
    }

    private static String await(String resource, String words) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String answer = ask(resource);
        while (!answer.contains(words)) {
            assertThat(System.nanoTime()).as(resource + " says " + answer).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            answer = ask(resource);
        }
        return answer;
    }

    private static String ask(String resource) throws IOException {
        return Tool.installed("curl")
                .run("-sk", "-u", "admin@demo.test:wildpost", address(resource))
                .output();
    }

    private static String send(String method, String resource, String body) throws IOException {
        return Tool.installed("curl")
                .run(
                        "-sk",
                        "-X",
                        method,
                        "-u",
                        "admin@demo.test:wildpost",
                        "-H",
                        "Content-Type: application/json",
                        "-w",
                        " %{http_code}",
                        "-d",
                        body,
                        address(resource))
                .output();
    }

    private static String address(String resource) {
        return "https://127.0.0.1:" + server.port(8443) + "/admin/api/v1/" + resource;
    }
}
