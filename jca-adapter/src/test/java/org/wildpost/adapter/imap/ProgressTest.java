// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9585: a client that waits hears that its command goes on. */
@Timeout(60)
class ProgressTest {
    private final MemoryMail mail = new MemoryMail(PlainIndex::of);

    private LiveSession selected(Duration silence) {
        for (int i = 0; i < 600; i++) {
            mail.deliver("INBOX", "Subject: x\r\n\r\n");
        }
        LiveSession session = LiveSession.loggedIn(mail, ImapLimits.DEFAULTS.withProgress(silence));
        session.command("b SELECT INBOX");
        return session;
    }

    @ParameterizedTest
    @CsvSource({
        "SEARCH ALL, NIL NIL",
        "UID SEARCH TEXT x, NIL NIL",
        "COPY 1:* Sent, NIL NIL",
        "MOVE 1 Sent, NIL NIL",
        "UID SORT (DATE) UTF-8 ALL, NIL NIL",
        "THREAD REFERENCES UTF-8 ALL, NIL NIL",
        "ESEARCH IN (selected mailboxes Sent) ALL, NIL NIL",
        "EXPUNGE, NIL NIL",
        "STORE 1:* +FLAGS (\\Seen), 0 600"
    })
    void tellsHowFarACommandIs(String command, String state) {
        try (LiveSession session = selected(Duration.ofMillis(20))) {
            CountDownLatch gate = new CountDownLatch(1);
            mail.gate = gate;
            session.connection.send("t.7 " + command + "\r\n");
            String line = "* OK [INPROGRESS (\"t.7\" " + state + ")] still at work";
            assertThat(session.connection.nextLine()).isEqualTo(line);
            assertThat(session.connection.nextLine()).isEqualTo(line);
            gate.countDown();
            assertThat(session.connection.await("t.7 ")).contains("t.7 OK");
            assertThat(session.command("c NOOP")).noneMatch(said -> said.contains("INPROGRESS"));
        }
    }

    @Test
    void countsTheMessagesOfStore() {
        try (LiveSession session = selected(Duration.ofMillis(20))) {
            mail.gateFrom = mail.questions;
            mail.gate = new CountDownLatch(1);
            session.connection.send("t UID STORE 1:* +FLAGS.SILENT (\\Seen)\r\n");
            assertThat(session.connection.nextLine()).isEqualTo("* OK [INPROGRESS (\"t\" 0 600)] still at work");
            mail.gate.countDown();
            session.connection.await("t OK");
        }
    }

    @Test
    void saysNothingOfWhatIsQuick() {
        try (LiveSession session = selected(ImapLimits.DEFAULTS.progress())) {
            assertThat(session.command("c SEARCH ALL")).hasSize(2);
            assertThat(ImapLimits.DEFAULTS.progress()).isEqualTo(Duration.ofSeconds(10));
        }
    }
}
