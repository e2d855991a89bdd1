// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.BlobId;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.ejb.mailbox.MessageAppender;
import org.wildpost.ejb.queue.MailQueue;
import org.wildpost.ejb.queue.OutgoingCopy;
import org.wildpost.ejb.submission.Signing;
import org.wildpost.persistence.message.MessageAppends;

/** Mail of the server itself: signed, through the queue, and nobody is told when it fails (RFC 8460 §3, §5.3). */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class QueuedMailTest {
    private static final EmailAddress FROM = EmailAddress.parse("noreply-smtp-tls-reporting@mail.own.test");
    private static final EmailAddress TO = EmailAddress.parse("reports@far.test");
    private static final byte[] OCTETS = "From: <a@mail.own.test>\r\n\r\nreport\r\n".getBytes(StandardCharsets.UTF_8);

    private final List<OutgoingCopy> queued = new ArrayList<>();
    private final List<String> stored = new ArrayList<>();
    private final QueuedMail mail = new QueuedMail();
    private boolean broken;

    QueuedMailTest() {
        mail.signing = new Signing() {
            @Override
            public byte[] fields(SpooledMessage message, MessageIndex index) {
                return "DKIM-Signature: x\r\n".getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public byte[] fieldsOfServer(SpooledMessage message, MessageIndex index) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean signs(MessageIndex index) {
                return true;
            }
        };
        mail.queue = new MailQueue() {
            @Override
            public void enqueue(
                    Connection connection,
                    BlobId blob,
                    String deliveryId,
                    SpooledMessage message,
                    MessageIndex index,
                    List<OutgoingCopy> copies) {
                queued.addAll(copies);
            }
        };
        mail.appender = new MessageAppender() {
            @Override
            public List<Outcome> append(
                    SpooledMessage message, MessageIndex index, List<Target> targets, MessageAppends.Alongside also) {
                if (broken) {
                    throw new IllegalStateException("the database is away");
                }
                assertThat(targets).as("no mailbox gets it").isEmpty();
                try {
                    stored.add(new String(message.open().readAllBytes(), StandardCharsets.UTF_8));
                    also.write(null, new BlobId(7));
                } catch (SQLException | IOException e) {
                    throw new IllegalStateException(e);
                }
                return List.of();
            }
        };
    }

    @Test
    void leavesSignedThroughTheQueueAndAsksForNoNotice() {
        assertThat(mail.post(FROM, TO, OCTETS)).isEmpty();

        assertThat(stored).containsExactly(new String(OCTETS, StandardCharsets.UTF_8));
        assertThat(queued).singleElement().satisfies(copy -> {
            assertThat(copy.account()).isEmpty();
            assertThat(copy.senderDomain()).contains(DomainName.parse("mail.own.test"));
            assertThat(copy.reversePath().address()).isEqualTo(Optional.of(FROM));
            assertThat(new String(copy.prefix(), StandardCharsets.UTF_8)).isEqualTo("DKIM-Signature: x\r\n");
            assertThat(copy.recipients()).singleElement().satisfies(path -> {
                assertThat(path.address()).isEqualTo(TO);
                assertThat(path.notice().given()).isTrue();
                assertThat(path.notice().events()).isEmpty();
            });
        });
    }

    @Test
    void saysWhenItCannotBeQueued() {
        broken = true;

        assertThat(mail.post(FROM, TO, OCTETS)).contains("it could not be queued");
        assertThat(queued).isEmpty();
    }
}
