// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.search.SubjectTerm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Angus Mail as a library client: submission, fetching of structure and parts, flags, IDLE. */
@ExtendWith(DemoServer.class)
class AngusMailIT {
    /** What the product promises to a session in IDLE; the median of several is compared, for a busy machine delays single ones. */
    private static final Duration IDLE_PROMISE = Duration.ofMillis(200);

    @Test
    void submitsAndReadsAMessageWithAnAttachment(Instance server) throws MessagingException, IOException {
        String token = "angus-" + UUID.randomUUID();
        Session session = MailClient.session(server);
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("alice@demo.test"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("bob@demo.test"));
        message.setSubject(token + " 你好", "UTF-8");
        MimeBodyPart text = new MimeBodyPart();
        text.setText("Grüße, 你好", "UTF-8");
        MimeBodyPart attachment = new MimeBodyPart();
        attachment.setContent("one,two\r\n", "text/csv");
        attachment.setFileName("numbers.csv");
        message.setContent(new MimeMultipart(text, attachment));
        try (Transport transport = session.getTransport("smtps")) {
            transport.connect("127.0.0.1", server.port(465), "alice@demo.test", "wildpost");
            transport.sendMessage(message, message.getAllRecipients());
        }

        try (Store store = MailClient.imap(server, "bob@demo.test");
                Folder inbox = MailClient.inbox(store, Folder.READ_WRITE)) {
            Message[] found = inbox.search(new SubjectTerm(token));
            assertThat(found).hasSize(1);
            assertThat(found[0].getSubject()).isEqualTo(token + " 你好");
            Multipart parts = (Multipart) found[0].getContent();
            assertThat(parts.getCount()).isEqualTo(2);
            assertThat((String) parts.getBodyPart(0).getContent()).isEqualTo("Grüße, 你好");
            assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("numbers.csv");
            assertThat(found[0].isSet(Flags.Flag.SEEN)).isTrue();
            found[0].setFlag(Flags.Flag.FLAGGED, true);
        }
        try (Store store = MailClient.imap(server, "bob@demo.test");
                Folder inbox = MailClient.inbox(store, Folder.READ_ONLY)) {
            assertThat(inbox.search(new SubjectTerm(token))[0].isSet(Flags.Flag.FLAGGED))
                    .isTrue();
        }
    }

    @Test
    void hearsOfNewMailInIdle(Instance server) throws MessagingException, IOException, InterruptedException {
        BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
        try (Store store = MailClient.imap(server, "bob@demo.test");
                Folder inbox = MailClient.inbox(store, Folder.READ_ONLY);
                SmtpSender sender = new SmtpSender(server.port(25))) {
            inbox.addMessageCountListener(new MessageCountAdapter() {
                @Override
                public void messagesAdded(MessageCountEvent event) {
                    heard.add(System.nanoTime());
                }
            });
            Thread.ofVirtual().start(() -> {
                try {
                    while (inbox.isOpen()) {
                        ((IMAPFolder) inbox).idle();
                    }
                } catch (MessagingException closed) {
                    // The test is over.
                    return;
                }
            });
            List<Duration> delays = new ArrayList<>();
            sender.send("bob@demo.test", "the first wakes everything");
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
            for (int i = 0; i < 9; i++) {
                sender.send("bob@demo.test", "idle " + i);
                long acknowledged = System.nanoTime();
                Long told = heard.poll(10, TimeUnit.SECONDS);
                assertThat(told).as("told of message " + i).isNotNull();
                delays.add(Duration.ofNanos(Math.max(0, told - acknowledged)));
            }
            Collections.sort(delays);
            assertThat(delays.get(delays.size() / 2)).isLessThan(IDLE_PROMISE);
        }
    }
}
