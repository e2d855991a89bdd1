// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Postfix's smtp-sink in all its moods as the next hop: what it says is recorded, tried again or sent back. RFC 5321 §4.2, RFC 3464. */
@ExtendWith(DemoServer.class)
@Timeout(90)
class SmtpSinkIT {
    private final List<SmtpSink> sinks = new ArrayList<>();
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    private Rest rest;
    private Owner alice;

    @BeforeEach
    void reach(Instance demo) {
        rest = new Rest(demo);
        alice = new Owner(demo, "alice@demo.test");
    }

    @AfterEach
    void stop() throws IOException {
        for (SmtpSink sink : sinks) {
            sink.close();
        }
    }

    @Test
    void triesAgainAfterARefusalForNowUntilItIsTaken() throws IOException {
        int port = Postfix.freePort();
        String recipient = to("later", port);
        sink(port, "-r RCPT");
        alice.submit(recipient, "later");
        rest.await("queue?recipient=" + recipient, "\"attempts\":2");
        sinks.removeLast().close();
        SmtpSink well = sink(port, "");

        String record = rest.delivery(recipient, "delivered");

        assertThat(record.split("\"result\":\"deferred\"", -1).length)
                .as(record)
                .isGreaterThanOrEqualTo(3);
        assertThat(record)
                .contains("450 4.3.0 Error: command failed", "\"status\":\"4.3.0\"", "\"result\":\"delivered\"");
        assertThat(well.taken()).contains("X-Rcpt-Args: <" + recipient + ">", "Subject: later");
    }

    @Test
    void returnsWhatIsRefusedForGood() throws IOException, MessagingException {
        Map<String, String> recipients = new LinkedHashMap<>();
        for (String command : List.of("CONNECT", "MAIL", "RCPT", "DATA", ".")) {
            int port = Postfix.freePort();
            String recipient = to("never" + recipients.size(), port);
            sink(port, "-f " + command);
            recipients.put(command, recipient);
            alice.submit(recipient, "never at " + command + " " + run);
        }
        SoftAssertions all = new SoftAssertions();
        for (Map.Entry<String, String> one : recipients.entrySet()) {
            all.assertThat(rest.delivery(one.getValue(), "failed"))
                    .as(one.getKey())
                    .contains("\"status\":\"5.3.0\"", "500 5.3.0 Error: command failed", "\"attempts\":1");
            all.assertThat(alice.received(one.getValue()))
                    .as(one.getKey())
                    .contains("multipart/report", "report-type=delivery-status", "Action: failed", "Status: 5.3.0")
                    .contains("Return-Path: <>", "never at " + one.getKey() + " " + run)
                    .containsPattern("Diagnostic-Code: smtp; ?500 5\\.3\\.0 Error: command failed");
        }
        all.assertAll();
    }

    @Test
    void recordsHowAServerThatFailsForNowFailed() throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("-q CONNECT", "closed");
        expected.put("-q EHLO,HELO", "closed");
        expected.put("-q MAIL", "closed");
        expected.put("-q RCPT", "closed");
        expected.put("-q DATA", "closed");
        expected.put("-q .", "closed");
        expected.put("-Q CONNECT", "421 ");
        expected.put("-Q MAIL", "421 ");
        expected.put("-Q RCPT", "421 ");
        expected.put("-Q .", "421 ");
        expected.put("-r CONNECT", "450 4.3.0 Error");
        expected.put("-r MAIL", "450 4.3.0 Error");
        expected.put("-r DATA", "450 4.3.0 Error");
        expected.put("-r .", "450 4.3.0 Error");
        Map<String, String> recipients = submitted(expected.keySet());

        SoftAssertions all = new SoftAssertions();
        recipients.forEach((options, recipient) -> all.assertThat(firstTry(recipient))
                .as(options)
                .contains("\"status\":\"4.")
                .contains(expected.get(options)));
        all.assertAll();
    }

    @Test
    void getsAlongWithServersThatCanLittle() throws IOException {
        Map<String, String> recipients = submitted(List.of("-e", "-P", "-p", "-8", "-N", "-E", "-a", "-w 2", "-H 2"));

        SoftAssertions all = new SoftAssertions();
        for (Map.Entry<String, String> one : recipients.entrySet()) {
            all.assertThat(rest.delivery(one.getValue(), "delivered"))
                    .as(one.getKey())
                    .contains("\"attempts\":1", "250 2.0.0 Ok");
        }
        all.assertAll();
        assertThat(sinks).allSatisfy(sink -> assertThat(sink.taken()).contains("X-Rcpt-Args: <you@"));
    }

    /** The recipient of a message for each mood of a server. */
    private Map<String, String> submitted(Iterable<String> moods) throws IOException {
        Map<String, String> recipients = new LinkedHashMap<>();
        for (String options : moods) {
            int port = Postfix.freePort();
            String recipient = to("mood" + recipients.size(), port);
            sink(port, options);
            recipients.put(options, recipient);
            alice.submit(recipient, "mood " + options);
        }
        return recipients;
    }

    private String firstTry(String recipient) {
        try {
            rest.await("queue?recipient=" + recipient, "\"status\":\"4.");
            return rest.ask("queue?recipient=" + recipient);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String to(String name, int port) throws IOException {
        String recipient = "you@" + name + "-" + UUID.randomUUID().toString().substring(0, 8) + ".test";
        rest.route(recipient.substring("you@".length()), port, "none");
        return recipient;
    }

    private SmtpSink sink(int port, String options) throws IOException {
        SmtpSink sink = SmtpSink.start(port, options);
        sinks.add(sink);
        return sink;
    }
}
