// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What FETCH asks the store, and that its answers are the same whether it does or not (RFC 9051 §6.4.5). */
class FetchHandlerTest {
    private static final String MESSAGE =
            "From: a@example.org\r\nSubject: number %d\r\nMIME-Version: 1.0\r\n\r\ntext of %d\r\n";

    private static MemoryMail mail(int messages) {
        MemoryMail mail = new MemoryMail(PlainIndex::of);
        for (int i = 1; i <= messages; i++) {
            mail.deliver("INBOX", MESSAGE.formatted(i, i));
        }
        return mail;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(UID FLAGS)",
                "ALL",
                "FULL",
                "(UID FLAGS INTERNALDATE RFC822.SIZE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (SUBJECT)])",
                "BODY.PEEK[HEADER.FIELDS.NOT (FROM)]"
            })
    void answersTheSecondTimeWithoutAskingTheStore(String items) {
        MemoryMail mail = mail(3);
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("a SELECT INBOX");
            List<String> first = session.command("b FETCH 1:3 " + items);
            int asked = mail.questions;
            List<String> second = session.command("b FETCH 1:3 " + items);
            assertThat(second).isEqualTo(first).hasSizeGreaterThan(3);
            assertThat(mail.questions).isEqualTo(asked);
        }
    }

    @Test
    void asksForWhatIsNewAmongWhatIsKnown() {
        MemoryMail mail = mail(2);
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("a SELECT INBOX");
            session.command("b FETCH 1:2 (RFC822.SIZE ENVELOPE)");
            mail.deliver("INBOX", MESSAGE.formatted(3, 3));
            session.command("c NOOP");
            assertThat(session.command("d FETCH 1:* (UID ENVELOPE)"))
                    .hasSize(4)
                    .anyMatch(line -> line.startsWith("* 3 FETCH (UID 3 ENVELOPE (NIL \"number 3\""));
        }
    }

    @Test
    void tellsFlagsAsTheyAreBesideWhatNeverChanges() {
        MemoryMail mail = mail(2);
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("a SELECT INBOX");
            session.command("b FETCH 1:2 (FLAGS RFC822.SIZE)");
            session.command("c STORE 2 FLAGS.SILENT (\\Deleted)");
            assertThat(session.command("d FETCH 2 (FLAGS UID)").getFirst())
                    .isEqualTo("* 2 FETCH (FLAGS (\\Deleted \\Recent) UID 2)");
            assertThat(session.command("e FETCH 2 (RFC822.SIZE FLAGS)").getFirst())
                    .endsWith(" FLAGS (\\Deleted \\Recent))");
        }
    }

    @Test
    void marksAsSeenAlsoWhatIsKnown() {
        MemoryMail mail = mail(1);
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("a SELECT INBOX");
            session.command("b FETCH 1 BODY.PEEK[HEADER.FIELDS (SUBJECT)]");
            assertThat(String.join("\n", session.command("c FETCH 1 BODY[HEADER.FIELDS (SUBJECT)]")))
                    .contains("FLAGS (\\Seen \\Recent)");
        }
    }

    @Test
    void readsTheOctetsOfManyMessagesTogether() {
        int messages = 1_200;
        MemoryMail mail = mail(messages);
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("a SELECT INBOX");
            int before = mail.questions;
            List<String> lines = session.command("b FETCH 1:* (UID BODY.PEEK[TEXT])");
            assertThat(lines.stream().filter(line -> line.startsWith("text of ")))
                    .hasSize(messages)
                    .endsWith("text of " + messages);
            assertThat(mail.questions - before).isLessThan(12);
        }
    }

    @Test
    void marksEveryMessageOfManyAsSeen() {
        int messages = 1_200;
        MemoryMail mail = mail(messages);
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("a SELECT INBOX");
            List<String> lines = session.command("b FETCH 1:* BODY[TEXT]");
            assertThat(lines.stream().filter(line -> line.equals(" FLAGS (\\Seen \\Recent))")))
                    .hasSize(messages);
            assertThat(session.command("c FETCH 1:* FLAGS").stream().filter(line -> line.contains("\\Seen")))
                    .hasSize(messages);
        }
    }
}
