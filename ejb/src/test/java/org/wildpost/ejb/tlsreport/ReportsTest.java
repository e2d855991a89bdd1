// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.dns.ZoneResolver;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.core.sts.StsPolicy;
import org.wildpost.core.tlsreport.ResultType;
import org.wildpost.core.tlsreport.TlsReport;
import org.wildpost.core.transport.TlsSighting;
import org.wildpost.core.transport.Verification;
import org.wildpost.ejb.TestClock;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.ejb.outbound.NextHop;
import org.wildpost.ejb.outbound.Shipment;
import org.wildpost.ejb.outbound.TlsWitness;
import org.wildpost.ejb.settings.ServerNames;
import org.wildpost.ejb.sts.StsPolicies;
import org.wildpost.persistence.domain.JpaDomains;

/** From sessions to reports and back: RFC 8460 §4 and §5, on a real database. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class ReportsTest {
    private static final TlsSighting GOOD =
            new TlsSighting.Secured("TLSv1.3", "TLS_AES_128_GCM_SHA256", new Verification.Proved("pkix"));
    private static final TlsSighting EXPIRED = new TlsSighting.Secured(
            "TLSv1.3", "TLS_AES_128_GCM_SHA256", new Verification.Rejected(Verification.Flaw.EXPIRED, "it expired"));

    private static TestDatabase database;

    private final TestClock clock = new TestClock();
    private final ZoneResolver dns = new ZoneResolver("""
            _smtp._tls.sts.test   TXT  "v=TLSRPTv1; rua=mailto:reports@sts.test,https://reports.sts.test/tls"
            _25._tcp.mx.dane.test TLSA 3 1 1 abababababababababababababababababababababababababababababababab
            """);
    private final TlsResults results = new TlsResults();
    private final DailyReports reports = new DailyReports();
    private final ReceivedReports received = new ReceivedReports();
    private final RecordedSender sender = new RecordedSender();

    ReportsTest() {
        StsPolicies sts = new StsPolicies() {
            @Override
            public Optional<StsPolicy> known(DomainName domain) {
                return StsPolicy.parse("version: STSv1\nmode: enforce\nmx: *.sts.test\nmax_age: 60\n");
            }
        };
        results.database = database.jdbc();
        results.dns = dns;
        results.sts = sts;
        results.clock = clock;
        reports.database = database.jdbc();
        reports.dns = dns;
        reports.results = results;
        reports.sender = sender;
        reports.serverName = ServerNames.of(null, Map.of("wildpost.hostname", "mail.own.test"));
        reports.clock = clock;
        received.database = database.jdbc();
        received.domains = new JpaDomains(database.entityManager());
        received.clock = clock;
    }

    @BeforeAll
    static void startDatabase() {
        database = new TestDatabase();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void nothingIsStored() {
        database.execute("truncate tls_sessions, tls_failures, tls_report_sent, tls_report, domain cascade");
        database.execute("insert into domain (name) values ('company-y.example')");
    }

    @Test
    void tellsADomainOnceWhatBecameOfYesterday() throws IOException {
        for (int i = 0; i < 3; i++) {
            saw("sts.test", "mx.sts.test", "sts:enforce", GOOD);
        }
        results.flush();
        saw("sts.test", "mx.sts.test", "sts:enforce", EXPIRED);
        saw("sts.test", "mx.sts.test", "sts:enforce", EXPIRED);
        saw("sts.test", "mx.sts.test", "sts:enforce", new TlsSighting.NotOffered());
        saw("quiet.test", "mx.quiet.test", "opportunistic", GOOD);
        clock.forward(Duration.ofDays(1).plusHours(5));

        reports.send();
        reports.send();

        assertThat(sender.sent).containsExactly("reports@sts.test", "https://reports.sts.test/tls");
        TlsReport report = unpacked(sender.parcels.getFirst());
        assertThat(report.begin()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(report.end()).isEqualTo(Instant.parse("2026-01-01T23:59:59Z"));
        assertThat(report.policies()).hasSize(1);
        TlsReport.PolicyResult result = report.policies().getFirst();
        assertThat(result.type()).isEqualTo("sts");
        assertThat(result.policy()).contains("mode: enforce");
        assertThat(result.mxHosts()).containsExactly("*.sts.test");
        assertThat(result.successes()).isEqualTo(3);
        assertThat(result.failures()).isEqualTo(3);
        assertThat(result.details())
                .extracting(detail -> detail.resultType() + " " + detail.sessions() + " " + detail.reason())
                .containsExactly("certificate-expired 2 it expired", "starttls-not-supported 1 ");
        assertThat(database.column("select policy_domain || ' ' || state from tls_report_sent order by 1"))
                .containsExactly("quiet.test unwanted", "sts.test sent");
    }

    @Test
    void waitsForItsOwnTimeAfterMidnight() {
        saw("sts.test", "mx.sts.test", "sts:enforce", GOOD);
        reports.send();
        assertThat(sender.sent).isEmpty();
        assertThat(database.column("select count(*) from tls_report_sent")).containsExactly("0");
    }

    @Test
    void anOperatorWaitsForNoTimeAfterMidnightAndTellsNobodyTwice() {
        saw("sts.test", "mx.sts.test", "sts:enforce", GOOD);
        reports.sendNow();
        assertThat(sender.sent).as("the day is not over").isEmpty();
        clock.forward(Duration.between(clock.instant(), Instant.parse("2026-01-02T00:00:00Z")));
        reports.send();
        assertThat(sender.sent).as("it is not yet its time").isEmpty();

        reports.sendNow();
        reports.sendNow();

        assertThat(sender.sent).containsExactly("reports@sts.test", "https://reports.sts.test/tls");
    }

    /** RFC 8460 §4.2: of DANE each host has its own policy. */
    @Test
    void countsDaneByHostAndOperatorsPoliciesNotAtAll() {
        saw("dane.test", "mx.dane.test", "dane", GOOD);
        saw("dane.test", "mx2.dane.test", "dane:unusable", GOOD);
        saw("dane.test", "mx.dane.test", "local:verify", EXPIRED);
        saw("dane.test", "mx.dane.test", "requiretls:pkix", EXPIRED);
        saw("dane.test", "mx.dane.test", "sts:mismatch", GOOD);
        results.failed(
                DomainName.parse("dane.test"),
                DomainName.parse("mx.dane.test"),
                "dane",
                ResultType.DNSSEC_INVALID,
                "SERVFAIL");
        results.flush();

        assertThat(database.column(
                        "select policy_type || ' ' || mx_host || ' ' || policy::text || ' ' || successes || ' ' || failures"
                                + " from tls_sessions order by mx_host"))
                .containsExactly(
                        "tlsa mx.dane.test {\"3 1 1 " + "ab".repeat(32) + "\"} 1 1", "tlsa mx2.dane.test {} 1 0");
    }

    @Test
    void triesAgainAnHourLaterAndGivesUpAfterADay() {
        sender.problem = "away";
        saw("sts.test", "mx.sts.test", "sts:enforce", GOOD);
        clock.forward(Duration.ofDays(1).plusHours(5));
        for (int i = 0; i < DailyReports.MAX_ATTEMPTS + 5; i++) {
            reports.send();
            reports.send();
            clock.forward(Duration.ofHours(1));
        }
        assertThat(sender.sent).hasSize(2 * DailyReports.MAX_ATTEMPTS);
        assertThat(database.column("select state || ' ' || outcome from tls_report_sent"))
                .containsExactly("failed away; away");
    }

    @Test
    void asksAgainWhenTheRecordIsNotKnown() {
        dns.fail("_smtp._tls.sts.test", "TXT", "SERVFAIL");
        saw("sts.test", "mx.sts.test", "sts:enforce", GOOD);
        clock.forward(Duration.ofDays(1).plusHours(5));
        reports.send();
        assertThat(sender.sent).isEmpty();
        dns.heal("_smtp._tls.sts.test", "TXT");
        clock.forward(Duration.ofHours(1));
        reports.send();
        assertThat(sender.sent).hasSize(2);
    }

    @Test
    void countsOnWhenTheDatabaseDoesNotAnswer() {
        saw("sts.test", "mx.sts.test", "sts:enforce", GOOD);
        database.execute("alter table tls_sessions rename to away");
        try {
            results.flush();
        } finally {
            database.execute("alter table away rename to tls_sessions");
        }
        saw("sts.test", "mx.sts.test", "sts:enforce", GOOD);
        results.flush();
        assertThat(database.column("select successes from tls_sessions")).containsExactly("2");
    }

    @Test
    void forgetsOldDays() {
        saw("sts.test", "mx.sts.test", "sts:enforce", EXPIRED);
        results.flush();
        clock.forward(DailyReports.KEPT.plusDays(1));
        reports.send();
        assertThat(database.column("select count(*) from tls_sessions")).containsExactly("0");
        assertThat(database.column("select count(*) from tls_failures")).containsExactly("0");
    }

    /** RFC 8460 §5.3. */
    @Test
    void aReportAsAMessageIsReadBackByOurselves() throws IOException {
        TlsReport report = ReportJson.read(ReportJsonTest.EXAMPLE.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        ReportParcel parcel = ReportParcel.of(report, DomainName.parse("company-y.example"), "mail.own.test");
        byte[] message = ReportLetter.compose(
                parcel,
                EmailAddress.parse("noreply-smtp-tls-reporting@own.test"),
                EmailAddress.parse("r@company-y.example"),
                "mail.own.test",
                clock.instant());
        String text = new String(message, StandardCharsets.US_ASCII);

        assertThat(text)
                .contains(
                        "From: <noreply-smtp-tls-reporting@own.test>\r\n",
                        "TLS-Report-Domain: company-y.example\r\n",
                        "TLS-Report-Submitter: mail.own.test\r\n",
                        "report-type=\"tlsrpt\"",
                        "filename=\"mail.own.test!company-y.example!1459468800!1459555199.json.gz\"");
        assertThat(text.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
        consider(message);
        assertThat(received.list("", false, 1, 0).results()).hasSize(1);
    }

    @Test
    void keepsAReportOfOthersOnce() throws IOException {
        byte[] message =
                message("application/tlsrpt+gzip", gzip(ReportJsonTest.EXAMPLE.getBytes(StandardCharsets.UTF_8)));
        consider(message);
        consider(message);

        ReceivedReport kept =
                received.list("Company-Y.example", true, 1, 10).results().getFirst();
        assertThat(received.list("", false, 1, 10).total()).isEqualTo(1);
        assertThat(received.list("other.test", false, 1, 10).total()).isZero();
        assertThat(kept.organization()).isEqualTo("Company-X");
        assertThat(kept.submitter()).isEqualTo("company-x.example");
        assertThat(kept.result().details()).hasSize(3);
        assertThat(kept.result().policy()).hasSize(4);
    }

    @Test
    void readsReportsThatAreNotPacked() {
        consider(message("application/tlsrpt+json", ReportJsonTest.EXAMPLE.getBytes(StandardCharsets.UTF_8)));
        assertThat(received.list("", false, 1, 10).total()).isEqualTo(1);
    }

    @Test
    void keepsNothingThatIsNoReportOfADomainHere() throws IOException {
        String other = ReportJsonTest.EXAMPLE.replace("company-y.example", "elsewhere.example");
        consider(message("application/tlsrpt+gzip", gzip(other.getBytes(StandardCharsets.UTF_8))));
        consider(message("application/tlsrpt+gzip", "not packed".getBytes(StandardCharsets.UTF_8)));
        consider(message("application/tlsrpt+gzip", gzip("not json".getBytes(StandardCharsets.UTF_8))));
        consider(message("application/pdf", gzip(ReportJsonTest.EXAMPLE.getBytes(StandardCharsets.UTF_8))));
        consider("Subject: hello\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(received.list("", false, 1, 10).total()).isZero();
    }

    /** A few kilobytes that unpack to a gigabyte. */
    @Test
    void doesNotUnpackABomb() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(ReportJsonTest.EXAMPLE.getBytes(StandardCharsets.UTF_8));
            byte[] blanks = " ".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 200; i++) {
                gzip.write(blanks);
            }
        }
        assertThat(bomb.size()).isLessThan(ReceivedReports.MAX_COMPRESSED);
        consider(message("application/tlsrpt+gzip", bomb.toByteArray()));
        assertThat(received.list("", false, 1, 10).total()).isZero();
    }

    private void consider(byte[] message) {
        try (SpooledMessage spooled = SpooledMessage.of(message)) {
            received.consider(
                    new ReversePath(Optional.of(EmailAddress.parse("tls@company-x.example"))),
                    spooled,
                    MimeIndexer.index(spooled));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] message(String type, byte[] part) {
        String text = "From: a@company-x.example\r\nSubject: report\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/report; report-type=tlsrpt; boundary=b\r\n\r\n--b\r\n\r\nhuman\r\n--b\r\nContent-Type: "
                + type
                + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(part) + "\r\n--b--\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] gzip(byte[] octets) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(octets);
        }
        return packed.toByteArray();
    }

    private static TlsReport unpacked(ReportParcel parcel) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(parcel.gzip()))) {
            return ReportJson.read(in.readAllBytes()).orElseThrow();
        }
    }

    private void saw(String destination, String host, String policy, TlsSighting tls) {
        DomainName domain = DomainName.parse(destination);
        Shipment shipment = new Shipment(
                "test",
                domain,
                Optional.empty(),
                Optional.empty(),
                ReversePath.NULL,
                MailOptions.NONE,
                List.of(ForwardPath.of(new EmailAddress("to", domain))),
                new NoOctets(),
                false,
                false);
        results.saw(new TlsWitness.Encounter(
                shipment,
                new NextHop(DomainName.parse(host), 25),
                InetAddress.ofLiteral("192.0.2.10"),
                InetAddress.ofLiteral("192.0.2.20"),
                policy,
                tls));
    }

    private static final class NoOctets implements Shipment.Octets {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public java.io.InputStream open() {
            return java.io.InputStream.nullInputStream();
        }
    }

    private static final class RecordedSender implements ReportSender {
        private final List<String> sent = new ArrayList<>();
        private final List<ReportParcel> parcels = new ArrayList<>();
        private String problem = "";

        @Override
        public Optional<String> byMail(ReportParcel parcel, EmailAddress to) {
            return note(parcel, to.toString());
        }

        @Override
        public Optional<String> byHttps(ReportParcel parcel, URI to) {
            return note(parcel, to.toString());
        }

        private Optional<String> note(ReportParcel parcel, String to) {
            sent.add(to);
            parcels.add(parcel);
            return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
        }
    }
}
