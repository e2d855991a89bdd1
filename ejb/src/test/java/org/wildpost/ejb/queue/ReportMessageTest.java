// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.ForwardPath.OriginalRecipient;
import org.wildpost.ejb.outbound.Shipment;

/** Notifications octet by octet, and as another program reads them: RFC 3461 §6, RFC 3464, RFC 6522, RFC 6533. */
class ReportMessageTest {
    private static final Instant ARRIVED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T04:00:00Z");

    private static final Returned HEADER =
            new Returned("Subject: news\r\nFrom: a@demo.test\r\n".getBytes(StandardCharsets.US_ASCII), false);

    private static Report.Recipient recipient(String address, Report.Action action, String status, String reply) {
        return new Report.Recipient(
                new ForwardPath(
                        EmailAddress.parse(address),
                        ForwardPath.Notify.DEFAULT,
                        Optional.of(new OriginalRecipient("rfc822", "Bob+x@old.test"))),
                action,
                status,
                reply,
                Optional.of("mx.far.test"),
                Optional.of(NOW),
                action == Report.Action.DELAYED
                        ? Optional.of(Instant.parse("2026-01-06T00:00:00Z"))
                        : Optional.empty());
    }

    private static Report report(Report.Kind kind, Report.Recipient... recipients) {
        return new Report(
                kind,
                EmailAddress.parse("alice@demo.test"),
                "d1",
                Optional.of("env 1"),
                ARRIVED,
                Optional.empty(),
                "<m1@demo.test>",
                "news",
                List.of(recipients));
    }

    /** RFC 2852 §5. */
    @Test
    void tellsTheDeadlineOfTheSender() {
        Report report = new Report(
                Report.Kind.RELAYED,
                EmailAddress.parse("alice@demo.test"),
                "d1",
                Optional.empty(),
                ARRIVED,
                Optional.of(NOW),
                "<m1@demo.test>",
                "news",
                List.of(recipient("bob@far.test", Report.Action.RELAYED, "2.0.0", "250 ok")));

        assertThat(write(report, HEADER, "x", "y"))
                .contains("+0000\r\nDeliver-By-Date: Thu, 1 Jan 2026 04:00:00 +0000\r\n\r\n");
    }

    private static String write(Report report, Returned returned, String subject, String text) {
        return new String(
                ReportMessage.write(report, returned, "mx.wildpost.test", "r1", NOW, subject, text),
                StandardCharsets.UTF_8);
    }

    @Test
    void isAsItMustBeOctetByOctet() {
        String text = write(
                report(
                        Report.Kind.FAILURE,
                        recipient("bob@far.test", Report.Action.FAILED, "5.1.1", "550 5.1.1 no such mailbox")),
                HEADER,
                "Not delivered: news",
                "Hello\nyou");

        assertThat(text).isEqualTo("""
                From: Mail Delivery System <MAILER-DAEMON@mx.wildpost.test>
                To: <alice@demo.test>
                Subject: Not delivered: news
                Date: Thu, 1 Jan 2026 04:00:00 +0000
                Message-ID: <r1.report@mx.wildpost.test>
                In-Reply-To: <m1@demo.test>
                References: <m1@demo.test>
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status;
                \tboundary="=_report_r1"

                --=_report_r1
                Content-Type: text/plain; charset=us-ascii
                Content-Transfer-Encoding: 7bit

                Hello
                you

                --=_report_r1
                Content-Type: message/delivery-status
                Content-Transfer-Encoding: 7bit

                Original-Envelope-Id: env 1
                Reporting-MTA: dns; mx.wildpost.test
                Arrival-Date: Thu, 1 Jan 2026 00:00:00 +0000

                Original-Recipient: rfc822; Bob+x@old.test
                Final-Recipient: rfc822; bob@far.test
                Action: failed
                Status: 5.1.1
                Remote-MTA: dns; mx.far.test
                Diagnostic-Code: smtp; 550 5.1.1 no such mailbox
                Last-Attempt-Date: Thu, 1 Jan 2026 04:00:00 +0000
                Final-Log-ID: d1

                --=_report_r1
                Content-Type: text/rfc822-headers
                Content-Transfer-Encoding: 7bit

                Subject: news
                From: a@demo.test

                --=_report_r1--
                """.replace("\n", "\r\n"));
    }

    @Test
    void isReadByAnotherProgram() throws Exception {
        MimeMessage message = parse(write(
                report(
                        Report.Kind.DELAY,
                        recipient("bob@far.test", Report.Action.DELAYED, "4.4.1", "nobody answers"),
                        recipient("carol@far.test", Report.Action.DELAYED, "4.2.2", "full")),
                HEADER,
                "投递延迟：news 和很多很多很多很多很多很多很多很多很多很多很多很多的字",
                "这里是邮件服务器。\n"));

        assertThat(message.getSubject()).startsWith("投递延迟：news").endsWith("的字");
        assertThat(message.getHeader("Subject", null).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThan(79));
        assertThat(message.getContentType()).startsWith("multipart/report").contains("report-type=delivery-status");
        MimeMultipart parts = new MimeMultipart(message.getDataHandler().getDataSource());
        assertThat(parts.getCount()).isEqualTo(3);
        assertThat(parts.getBodyPart(0).getContent()).asString().isEqualToNormalizingNewlines("这里是邮件服务器。\n");
        String facts = octets((MimeBodyPart) parts.getBodyPart(1));
        assertThat(facts.split("\r\n\r\n", -1)).hasSize(3);
        assertThat(facts)
                .contains("Action: delayed\r\nStatus: 4.4.1\r\n")
                .contains("Will-Retry-Until: Tue, 6 Jan 2026 00:00:00 +0000");
        assertThat(octets((MimeBodyPart) parts.getBodyPart(2))).isEqualTo("Subject: news\r\nFrom: a@demo.test\r\n");
    }

    /** RFC 6533 §6. */
    @Test
    void isGlobalWhenAddressesAre() throws Exception {
        Report.Recipient recipient = new Report.Recipient(
                new ForwardPath(
                        EmailAddress.parse("用户@far.test"),
                        ForwardPath.Notify.DEFAULT,
                        Optional.of(new OriginalRecipient("utf-8", "用户@old.test"))),
                Report.Action.FAILED,
                "5.6.7",
                "553 5.6.7 não",
                Optional.of("mx.far.test"),
                Optional.empty(),
                Optional.empty());
        MimeMessage message = parse(write(report(Report.Kind.FAILURE, recipient), HEADER, "x", "y"));

        assertThat(message.getContentType()).contains("report-type=global-delivery-status");
        MimeMultipart parts = new MimeMultipart(message.getDataHandler().getDataSource());
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("message/global-delivery-status");
        assertThat(octets((MimeBodyPart) parts.getBodyPart(1)))
                .contains("Original-Recipient: utf-8; 用户@old.test")
                .contains("Final-Recipient: utf-8; 用户@far.test")
                .contains("Diagnostic-Code: smtp; 553 5.6.7 não");
        assertThat(parts.getBodyPart(2).getContentType()).isEqualTo("message/global-headers");
    }

    @Test
    void returnsTheWholeMessageWhenItMay() throws Exception {
        String original = "Subject: news\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGrüße\r\n";
        Returned returned = Returned.read(of(original), 1_000);
        MimeMultipart parts = new MimeMultipart(parse(write(
                        report(Report.Kind.FAILURE, recipient("bob@far.test", Report.Action.FAILED, "5.1.1", "no")),
                        returned,
                        "x",
                        "y"))
                .getDataHandler()
                .getDataSource());

        assertThat(parts.getBodyPart(2).getContentType()).isEqualTo("message/rfc822");
        assertThat(((MimeBodyPart) parts.getBodyPart(2)).getEncoding()).isEqualTo("8bit");
        assertThat(octets((MimeBodyPart) parts.getBodyPart(2))).isEqualTo(original);
    }

    @Test
    void returnsTheHeaderOfWhatIsTooLargeOrNotForEveryServer() throws IOException {
        String header = "Subject: x\r\nTo: y\r\n";
        assertThat(text(Returned.read(of(header + "\r\n" + "z".repeat(500)), 100)))
                .isEqualTo(header);
        assertThat(text(Returned.read(of(header + "\r\nbare\nline"), 1_000))).isEqualTo(header);
        assertThat(text(Returned.read(of(header + "\r\n" + "z".repeat(999)), 10_000)))
                .isEqualTo(header);
        assertThat(text(Returned.read(of(header + "\r\n\0"), 1_000))).isEqualTo(header);
        assertThat(text(Returned.read(of(header + "X: " + "z".repeat(70_000) + "\r\nlast: 1\r\n\r\n"), 0)))
                .isEqualTo(header);
    }

    /** The remote's words and the original's fields are somebody else's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 no\r\nStatus: 2.0.0",
                "550 no\n\n--=_report_r1\nContent-Type: text/html",
                "550 \u0000\u0007 no",
            })
    void letsNobodyBeginALine(String reply) throws Exception {
        String text = write(
                report(Report.Kind.FAILURE, recipient("bob@far.test", Report.Action.FAILED, "5.1.1", reply)),
                HEADER,
                "x",
                "y");
        MimeMultipart parts = new MimeMultipart(parse(text).getDataHandler().getDataSource());
        assertThat(parts.getCount()).isEqualTo(3);
        assertThat(octets((MimeBodyPart) parts.getBodyPart(1)).lines().filter(line -> line.startsWith("Status:")))
                .containsExactly("Status: 5.1.1");
    }

    @Test
    void foldsLongWords() {
        String text = write(
                report(
                        Report.Kind.FAILURE,
                        recipient(
                                "bob@far.test", Report.Action.FAILED, "5.1.1", "word ".repeat(60) + "x".repeat(2_000))),
                HEADER,
                "s".repeat(400),
                "y");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(998));
    }

    private static Shipment.Octets of(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return new Shipment.Octets() {
            @Override
            public long size() {
                return octets.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(octets);
            }
        };
    }

    private static String text(Returned returned) {
        return new String(returned.octets(), StandardCharsets.UTF_8);
    }

    static MimeMessage parse(String text) throws MessagingException {
        return new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String octets(MimeBodyPart part) throws Exception {
        try (InputStream in = part.getRawInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
