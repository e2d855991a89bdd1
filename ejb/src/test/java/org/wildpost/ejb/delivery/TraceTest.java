// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.message.SpooledMessage;

/** The trace fields of RFC 5321 §4.4 with the protocol words of RFC 3848 and RFC 6531 §4.3. */
class TraceTest {
    private static final Optional<Peer.Tls> TLS = Optional.of(new Peer.Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384"));

    @Test
    void tellsWhereAMessageCameFrom() {
        SmtpClient client = mx("client.example", "192.0.2.7", TLS);

        assertThat(fields(Deliveries.envelope(client, "bob@far.test", "alice+x@demo.test"), "alice@demo.test"))
                .isEqualTo("""
                        Return-Path: <bob@far.test>
                        Delivered-To: alice@demo.test
                        Received: from client.example ([192.0.2.7])
                        	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384) by mx.wildpost.test
                        	with ESMTPS id abc123 for <alice+x@demo.test>; Thu, 5 Nov 2026 09:07:03 +0000
                        """.replace("\n", "\r\n"));
    }

    /** RFC 6710 §4.1: behind the other clauses, and nothing where nothing was asked for. */
    @ParameterizedTest
    @CsvSource({
        "5, 'for <a@demo.test> PRIORITY 5; Thu,'",
        "-9, 'for <a@demo.test> PRIORITY -9; Thu,'",
        "0, 'for <a@demo.test>; Thu,'"
    })
    void tellsThePriority(int priority, String end) {
        SmtpEnvelope envelope = new SmtpEnvelope(
                Deliveries.stranger(),
                ReversePath.NULL,
                List.of(ForwardPath.of(EmailAddress.parse("a@demo.test"))),
                Deliveries.RECEIVED,
                new MailOptions(
                        false,
                        MailOptions.Body.SEVEN_BIT,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        priority,
                        Optional.empty(),
                        Optional.empty()));

        assertThat(fields(envelope, "a@demo.test").replace("\r\n\t", " ")).contains(end);
    }

    @Test
    void writesTheNullReversePath() {
        assertThat(fields(Deliveries.envelope(Deliveries.stranger(), "", "alice@demo.test"), "alice@demo.test"))
                .startsWith("Return-Path: <>\r\n");
    }

    @Test
    void quotesLocalPartsThatNeedIt() {
        SmtpEnvelope envelope = Deliveries.envelope(Deliveries.stranger(), "\"a b\"@far.test", "alice@demo.test");

        assertThat(fields(envelope, "alice@demo.test")).startsWith("Return-Path: <\"a b\"@far.test>\r\n");
    }

    @Test
    void writesAnIpv6AddressAsLiteral() {
        assertThat(fields(
                        Deliveries.envelope(mx("c.example", "2001:db8::1", Optional.empty()), "", "a@demo.test"),
                        "a@demo.test"))
                .contains("from c.example ([IPv6:2001:db8:0:0:0:0:0:1])");
    }

    @Test
    void hidesTheDeviceOfAnOwnerWhoSubmits() {
        SmtpEnvelope envelope =
                Deliveries.envelope(Deliveries.owner("alice@demo.test"), "alice@demo.test", "bob@demo.test");

        assertThat(fields(envelope, "bob@demo.test"))
                .contains("Received: from authenticated", "with ESMTPSA")
                .doesNotContain("198.51.100.20", "192.168.1.5");
    }

    @ParameterizedTest
    @CsvSource({
        "MX, false, false, false, false, SMTP",
        "MX, false, true, false, false, SMTP",
        "MX, true, false, false, false, ESMTP",
        "MX, true, true, false, false, ESMTPS",
        "SUBMISSION, true, false, true, false, ESMTPA",
        "SUBMISSION, true, true, true, false, ESMTPSA",
        "MX, true, false, false, true, UTF8SMTP",
        "SUBMISSION, true, true, true, true, UTF8SMTPSA",
        "LMTP, true, false, false, false, LMTP",
        "LMTP, true, true, false, false, LMTPS",
        "LMTP, true, false, false, true, UTF8LMTP",
    })
    void namesTheProtocol(
            SmtpService service, boolean extended, boolean tls, boolean login, boolean utf8, String word) {
        SmtpClient client = Deliveries.client(
                service,
                "c",
                "192.0.2.1",
                tls ? TLS : Optional.empty(),
                extended,
                login
                        ? Optional.of(new SmtpClient.Login(new AccountId(1), EmailAddress.parse("a@demo.test")))
                        : Optional.empty());
        SmtpEnvelope envelope = new SmtpEnvelope(
                client,
                ReversePath.NULL,
                List.of(ForwardPath.of(EmailAddress.parse("a@demo.test"))),
                Deliveries.RECEIVED,
                MailOptions.NONE.withSmtpUtf8(utf8));

        assertThat(Trace.protocol(envelope)).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil\r\nX-Injected: yes",
                "evil\nX-Injected: yes",
                "evil\rX-Injected: yes",
                "a) by trusted.example (b",
                "a;b",
                "",
                "<script>",
                "caf\u00e9",
                "a b",
            })
    void writesTheAddressWhereTheGreetingIsNoName(String helo) {
        String fields = fields(
                Deliveries.envelope(mx(helo, "192.0.2.7", Optional.empty()), "", "alice@demo.test"), "alice@demo.test");

        assertThat(fields).contains("Received: from [192.0.2.7] ([192.0.2.7])").doesNotContain("Injected", "trusted");
        assertThat(fieldNames(fields)).containsExactly("Return-Path", "Delivered-To", "Received");
    }

    @Test
    void letsNothingEndALine() {
        EmailAddress evil = new EmailAddress("a\r\nX-Injected: yes\r\n\r\nb\u0085", new DomainName("far.test\r\nX: y"));
        SmtpEnvelope envelope = new SmtpEnvelope(
                Deliveries.stranger(),
                new ReversePath(Optional.of(evil)),
                List.of(ForwardPath.of(evil)),
                Deliveries.RECEIVED,
                MailOptions.NONE);

        String fields = new String(
                Trace.fields(
                        letter(envelope),
                        new Expansion.Copy(
                                new AccountId(1), ForwardPath.of(evil), List.of(evil), true, QuotaLimits.NONE)),
                StandardCharsets.UTF_8);

        assertThat(fieldNames(fields)).containsExactly("Return-Path", "Delivered-To", "Received");
        assertThat(fields).doesNotContain("\u0085");
    }

    @Test
    void foldsSoThatLinesStayShortWhereTheyCan() {
        String local = "x".repeat(60);
        SmtpClient client = mx("a-rather-long-host-name.in-some.department.example", "2001:db8::1", TLS);
        String fields =
                fields(Deliveries.envelope(client, local + "@far.test", local + "@demo.test"), local + "@demo.test");

        assertThat(fields.split("\r\n")).allMatch(line -> line.length() <= 90);
        assertThat(Arrays.stream(fields.split("\r\n")).filter(line -> line.length() > Trace.LINE))
                .allMatch(line -> line.contains(local));
        assertThat(fields).isNotBlank().endsWith("\r\n").doesNotContain(" \r\n");
    }

    @Test
    void nameTheAccountsThatRedirected() {
        SmtpEnvelope envelope = Deliveries.envelope(Deliveries.stranger(), "", "team@demo.test");

        assertThat(fields(envelope, "team@demo.test", "alice@demo.test"))
                .contains("\r\nDelivered-To: alice@demo.test\r\nDelivered-To: team@demo.test\r\n")
                .contains("for <team@demo.test>;");
    }

    @Test
    void writesNoReturnPathAndNoRecipientOnWhatLeavesForMany() {
        SmtpEnvelope envelope =
                Deliveries.envelope(Deliveries.owner("alice@demo.test"), "alice@demo.test", "x@far.test");
        Letter letter = letter(envelope);

        String many = new String(Trace.outgoing(letter, List.of(), Optional.empty()), StandardCharsets.UTF_8);
        String passedOn = new String(
                Trace.outgoing(
                        letter,
                        List.of(EmailAddress.parse("team@demo.test")),
                        Optional.of(EmailAddress.parse("team@demo.test"))),
                StandardCharsets.UTF_8);

        assertThat(fieldNames(many)).containsExactly("Received");
        assertThat(many).contains("id abc123;").doesNotContain("for <");
        assertThat(fieldNames(passedOn)).containsExactly("Delivered-To", "Received");
        assertThat(passedOn).contains("for <team@demo.test>;");
    }

    private static SmtpClient mx(String helo, String address, Optional<Peer.Tls> tls) {
        return Deliveries.client(SmtpService.MX, helo, address, tls, true, Optional.empty());
    }

    private static Letter letter(SmtpEnvelope envelope) {
        return new Delivery("abc123", envelope, SpooledMessage.of(new byte[0]), Deliveries.index(0))
                .letter(new Trace("mx.wildpost.test"));
    }

    private static String fields(SmtpEnvelope envelope, String... through) {
        Expansion.Copy copy = new Expansion.Copy(
                new AccountId(1),
                envelope.recipients().getFirst(),
                Arrays.stream(through).map(EmailAddress::parse).toList(),
                true,
                QuotaLimits.NONE);
        return new String(Trace.fields(letter(envelope), copy), StandardCharsets.UTF_8);
    }

    /** The names of the fields as a strict reader sees them. */
    private static List<String> fieldNames(String fields) {
        return Arrays.stream(fields.split("[\r\n\u0085]+"))
                .filter(line -> !line.startsWith("\t"))
                .map(line -> line.replaceFirst(":.*", ""))
                .toList();
    }
}
