// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a session in IDLE hears, and how soon, from SMTP, from another IMAP session and from POP3 (RFC 2177). */
@ExtendWith(DemoServer.class)
class IdleIT {
    /** What the product promises; the median of several is compared, for a busy machine delays single ones. */
    private static final Duration PROMISE = Duration.ofMillis(200);

    private static final int ROUNDS = 9;
    private static final byte[] MESSAGE = "Subject: idle\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Something that happens to the mailbox. */
    @FunctionalInterface
    private interface Event {
        void happens() throws IOException, MessagingException;
    }

    @Test
    void hearsOfNewMailOfFlagsAndOfRemovalsAtOnce(Instance server) throws IOException, MessagingException {
        try (ImapWire idle = new ImapWire(server, "bob@demo.test");
                ImapWire other = new ImapWire(server, "bob@demo.test");
                SmtpSender sender = new SmtpSender(server.port(25))) {
            idle.command("SELECT INBOX");
            other.command("SELECT INBOX");
            idle.send("i IDLE\r\n");
            assertThat(idle.line()).startsWith("+ ");
            hears(idle, "EXISTS", ROUNDS, () -> sender.send("bob@demo.test", "to a session in IDLE"));
            hears(idle, "EXISTS", ROUNDS, () -> other.append("INBOX", "", MESSAGE));
            // Another keyword each time: what is set and taken back at once is no news.
            AtomicInteger round = new AtomicInteger();
            hears(
                    idle,
                    " FETCH ",
                    ROUNDS,
                    () -> other.command("STORE * FLAGS ($round" + round.incrementAndGet() + ")"));
            hears(idle, "EXPUNGE", ROUNDS, () -> other.command("MOVE 1 Trash"));
            hears(idle, "EXPUNGE", 3, () -> deleteFirstOverPop3(server));
            idle.send("DONE\r\n");
            idle.await("i OK IDLE done"::equals);
        }
    }

    private static void hears(ImapWire idle, String what, int rounds, Event event)
            throws IOException, MessagingException {
        List<Duration> delays = new ArrayList<>();
        // The first time loads classes.
        for (int i = 0; i <= rounds; i++) {
            event.happens();
            long happened = System.nanoTime();
            long told = idle.await(line -> line.contains(what));
            if (i > 0) {
                delays.add(Duration.ofNanos(Math.max(0, told - happened)));
            }
        }
        Collections.sort(delays);
        assertThat(delays.get(delays.size() / 2)).as(what + " after " + delays).isLessThan(PROMISE);
    }

    private static void deleteFirstOverPop3(Instance server) throws MessagingException {
        try (Store store = MailClient.session(server).getStore("pop3s")) {
            store.connect("127.0.0.1", server.port(995), "bob@demo.test", "wildpost");
            Folder inbox = MailClient.inbox(store, Folder.READ_WRITE);
            inbox.getMessage(1).setFlag(Flags.Flag.DELETED, true);
            inbox.close(true);
        }
    }
}
