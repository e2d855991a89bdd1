// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Aliases, rules of domains and forwarding on the whole server: set up by REST, asked over SMTP, seen over IMAP and by another server. */
@ExtendWith(DemoServer.class)
class AddressingIT {
    private final String domain = "a" + UUID.randomUUID().toString().substring(0, 8) + ".test";
    private final String far = "far-" + domain;
    private Instance server;

    @BeforeEach
    void ownDomain(Instance demo) throws IOException {
        server = demo;
        rest("POST", "domains", "{\"name\":\"" + domain + "\"}", 201);
    }

    @Test
    void anAliasLeadsToManyAndEachGetsOneCopy() throws IOException {
        alias("team", "\"alice@demo.test\",\"bob@demo.test\",\"list@" + domain + "\"");
        alias("list", "\"alice@demo.test\",\"carol@" + domain + "\"");
        box("carol", "\"redirectTo\":[\"bob@demo.test\"]");
        rest("GET", "aliases?query=list@" + domain, "", 200);
        String subject = send("team@" + domain, "alice@demo.test");

        assertThat(count("alice@demo.test", subject)).isEqualTo(1);
        assertThat(count("bob@demo.test", subject)).isEqualTo(1);
        assertThat(count("carol@" + domain, subject))
                .as("a redirect keeps a copy")
                .isEqualTo(1);
        try (ImapWire alice = new ImapWire(server, "alice@demo.test")) {
            alice.command("EXAMINE INBOX");
            String number = search(alice, subject).getFirst();
            assertThat(String.join("", alice.command("FETCH " + number + " BODY.PEEK[HEADER]")))
                    .contains("Delivered-To: alice@demo.test\r\nDelivered-To: team@" + domain + "\r\n");
        }
    }

    @Test
    void aDomainHasACatchAllOrIsAnotherNameOfOne() throws IOException {
        box("carol", "\"discard\":false");
        String also = "also-" + domain;
        rest("POST", "domains", "{\"name\":\"" + also + "\",\"aliasOf\":\"" + domain + "\"}", 201);

        String tagged = send("Carol+shop@" + also);
        assertThat(count("carol@" + domain, tagged)).isEqualTo(1);
        assertThat(ask("nobody@" + also)).startsWith("550 5.1.1");

        rest("PATCH", "domains/" + domain, "{\"catchAll\":\"carol@" + domain + "\"}", 200);
        assertThat(count("carol@" + domain, send("nobody@" + domain))).isEqualTo(1);
        assertThat(count("carol@" + domain, send("nobody@" + also))).isEqualTo(1);

        rest("PATCH", "domains/" + domain, "{\"domainBin\":false}", 200);
        assertThat(ask("nobody@" + domain)).startsWith("550 5.1.1");
    }

    @Test
    void strangersDoNotReachInternalAddresses() throws IOException {
        rest(
                "POST",
                "aliases",
                "{\"email\":\"staff@" + domain + "\",\"targets\":[\"alice@demo.test\"],\"internalOnly\":true}",
                201);

        assertThat(ask("staff@" + domain)).startsWith("550 5.7.1");
        String subject = "s" + UUID.randomUUID();
        assertThat(submit("staff@" + domain, subject).exit()).isZero();
        assertThat(count("alice@demo.test", subject)).isEqualTo(1);
    }

    @Test
    void aCopyOfWhatIsSubmittedIsFiledForWhoWantsThat() throws IOException {
        rest("PATCH", "boxes/bob@demo.test", "{\"copyToSent\":true}", 200);
        String subject = "s" + UUID.randomUUID();
        assertThat(submit("alice@demo.test", subject).exit()).isZero();
        rest("PATCH", "boxes/bob@demo.test", "{\"copyToSent\":false}", 200);
        String other = "s" + UUID.randomUUID();
        assertThat(submit("alice@demo.test", other).exit()).isZero();

        assertThat(count("bob@demo.test", "Sent", subject)).isEqualTo(1);
        assertThat(count("bob@demo.test", "Sent", other)).isZero();
    }

    @Test
    void nobodyLogsInWhereMailIsOnlyRedirected() throws IOException {
        box("carol", "\"redirectTo\":[\"alice@demo.test\"],\"redirectOnly\":true");
        String subject = send("carol@" + domain);

        assertThat(count("alice@demo.test", subject)).isEqualTo(1);
        String inbox = "imaps://127.0.0.1:" + server.port(993) + "/";
        assertThat(Tool.installed("curl")
                        .run("-sk", "-u", "carol@" + domain + ":wildpost", inbox)
                        .exit())
                .isNotZero();
    }

    @Test
    void mailIsPassedOnUnderAReturnPathOfOursAndNotificationsComeBack() throws IOException, InterruptedException {
        try (Sink sink = new Sink()) {
            farIs(sink);
            alias("friend", "\"friend@" + far + "\"");
            String subject = sendFrom("bob@" + far, "friend@" + domain);

            Sink.Mail passedOn = sink.next();
            assertThat(passedOn.to()).startsWith("<friend@" + far + ">");
            assertThat(passedOn.from()).matches("<SRS0=[A-Z2-7]{6}=[A-Z2-7]{2}=" + far + "=bob@" + domain + ">.*");
            assertThat(passedOn.text())
                    .startsWith("Delivered-To: friend@" + domain + "\nReceived: from ")
                    .contains("Subject: " + subject)
                    .doesNotContain("Return-Path", "DKIM-Signature");

            String returnPath = passedOn.from().replaceAll("<(.*)>.*", "$1");
            assertThat(deliver("", returnPath, "Subject: undelivered\r\n\r\nno\r\n"))
                    .startsWith("250");
            Sink.Mail back = sink.next();
            assertThat(back.from()).startsWith("<>");
            assertThat(back.to()).startsWith("<bob@" + far + ">");

            assertThat(ask("", returnPath.replace("=bob@", "=eve@"))).startsWith("550 5.7.1");
            assertThat(ask("bob@" + far, returnPath)).startsWith("550 5.7.1");
            assertThat(deliver("bob@" + far, "friend@" + domain, passedOn.text().replace("\n", "\r\n")))
                    .as("a loop")
                    .startsWith("554 5.4.6");
            assertThat(ask("someone@" + far)).as("no relaying").startsWith("550 5.7.1");
        }
    }

    @Test
    void aWholeDomainIsForwardedUnderTheSameLocalParts() throws IOException, InterruptedException {
        try (Sink sink = new Sink()) {
            farIs(sink);
            rest("PATCH", "domains/" + domain, "{\"forwardTo\":\"" + far + "\"}", 200);
            box("carol", "\"discard\":false");
            String subject = sendFrom("bob@example.org", "Any.Body+x@" + domain, "carol@" + domain);

            Sink.Mail passedOn = sink.next();
            assertThat(passedOn.to()).startsWith("<Any.Body+x@" + far + ">").doesNotContain("carol");
            assertThat(passedOn.from()).matches("<SRS0=[A-Z2-7]{6}=[A-Z2-7]{2}=example.org=bob@" + domain + ">.*");
            assertThat(passedOn.text()).contains("Delivered-To: Any.Body+x@" + domain + "\n", "Subject: " + subject);
            assertThat(count("carol@" + domain, subject))
                    .as("who has an account here stays here")
                    .isEqualTo(1);
        }
    }

    /** RFC 4865 §4.2; what is passed on is signed by a thread of the queue then. */
    @Test
    void whatIsHeldComesToNeighboursAndIsPassedOnWhenItsMomentHasCome()
            throws IOException, MessagingException, InterruptedException {
        try (Sink sink = new Sink()) {
            farIs(sink);
            box("carol", "\"redirectTo\":[]");
            alias("friend", "\"bob@demo.test\",\"friend@" + far + "\"");
            rest("PUT", "domains/" + domain + "/dkim", "", 200);
            String subject = "s" + UUID.randomUUID();
            hold("carol@" + domain, "friend@" + domain, subject);

            Rest operator = new Rest(server);
            String waiting = operator.await("queue?recipient=friend@" + domain, "\"local:held\"");
            assertThat(waiting).contains("\"attempts\":0");
            assertThat(count("bob@demo.test", subject)).as("not yet").isZero();

            Matcher id = Pattern.compile("\"id\":\"?(\\d+)").matcher(waiting);
            assertThat(id.find()).as(waiting).isTrue();
            assertThat(operator.send("POST", "queue/" + id.group(1) + "/retry", ""))
                    .endsWith(" 204");
            assertThat(sink.next().text())
                    .startsWith("Delivered-To: friend@" + domain + "\nReceived: from authenticated")
                    .contains("DKIM-Signature:", "d=" + domain + ";", "Subject: " + subject);
            operator.delivery("friend@" + domain, "delivered");
            assertThat(count("bob@demo.test", subject)).isEqualTo(1);
        }
    }

    /** Submits with HOLDFOR=86400. */
    private void hold(String from, String to, String subject) throws MessagingException {
        Session session = MailClient.session(server);
        session.getProperties().setProperty("mail.smtps.mailextension", "HOLDFOR=86400");
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(from));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject);
        message.setText("later");
        try (Transport transport = session.getTransport("smtps")) {
            transport.connect("127.0.0.1", server.port(465), from, "wildpost");
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    /** Mail for the domain far away comes to the sink. */
    private void farIs(Sink sink) throws IOException {
        rest(
                "POST",
                "routes",
                "{\"recipientDomain\":\"" + far + "\",\"host\":\"127.0.0.1\",\"port\":" + sink.port()
                        + ",\"tls\":\"none\"}",
                201);
    }

    private void alias(String local, String targets) throws IOException {
        rest("POST", "aliases", "{\"email\":\"" + local + "@" + domain + "\",\"targets\":[" + targets + "]}", 201);
    }

    private void box(String local, String more) throws IOException {
        rest(
                "POST",
                "boxes",
                "{\"name\":\"\",\"email\":\"" + local + "@" + domain + "\",\"passwordPlaintext\":\"wildpost\"," + more
                        + "}",
                201);
    }

    private void rest(String method, String resource, String body, int status) throws IOException {
        String address = "https://127.0.0.1:" + server.port(8443) + "/admin/api/v1/" + resource;
        String answer = Tool.installed("curl")
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
                        address)
                .output();
        assertThat(answer).as(method + " " + resource + " " + body).endsWith(" " + status);
    }

    /** Sends a message from another server and says its subject. */
    private String send(String... recipients) throws IOException {
        return sendFrom("x@example.org", recipients);
    }

    private String sendFrom(String sender, String... recipients) throws IOException {
        String subject = "s" + UUID.randomUUID();
        try (Talk talk = open(sender)) {
            for (String recipient : recipients) {
                assertThat(talk.say("RCPT TO:<" + recipient + ">"))
                        .as(recipient)
                        .startsWith("250");
            }
            talk.say("DATA");
            assertThat(talk.say("Subject: " + subject + "\r\n\r\nhello\r\n.")).startsWith("250");
        }
        return subject;
    }

    private String deliver(String from, String to, String message) throws IOException {
        try (Talk talk = open(from)) {
            assertThat(talk.say("RCPT TO:<" + to + ">")).startsWith("250");
            talk.say("DATA");
            return talk.say(message + ".");
        }
    }

    /** What is answered to a recipient of another server's message. */
    private String ask(String recipient) throws IOException {
        return ask("x@example.org", recipient);
    }

    private String ask(String from, String recipient) throws IOException {
        try (Talk talk = open(from)) {
            return talk.say("RCPT TO:<" + recipient + ">");
        }
    }

    private Talk open(String from) throws IOException {
        Talk talk = new Talk(server.port(25));
        talk.hear();
        talk.say("EHLO client.example.org");
        talk.say("MAIL FROM:<" + from + ">");
        return talk;
    }

    /** Bob submits. */
    private Tool.Result submit(String to, String subject) throws IOException {
        return Tool.installed("swaks")
                .run(
                        "--server",
                        "127.0.0.1:" + server.port(587),
                        "--tls",
                        "--auth",
                        "PLAIN",
                        "--auth-user",
                        "bob@demo.test",
                        "--auth-password",
                        "wildpost",
                        "--from",
                        "bob@demo.test",
                        "--to",
                        to,
                        "--header",
                        "Subject: " + subject);
    }

    private int count(String user, String subject) throws IOException {
        return count(user, "INBOX", subject);
    }

    private int count(String user, String mailbox, String subject) throws IOException {
        try (ImapWire session = new ImapWire(server, user)) {
            session.command("EXAMINE " + mailbox);
            return search(session, subject).size();
        }
    }

    private static List<String> search(ImapWire session, String subject) throws IOException {
        String found = session.command("SEARCH SUBJECT " + subject).getFirst().replace("* SEARCH", "");
        return Arrays.stream(found.split(" "))
                .filter(number -> !number.isBlank())
                .toList();
    }
}
