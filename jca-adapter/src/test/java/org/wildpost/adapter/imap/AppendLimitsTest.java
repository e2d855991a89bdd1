// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.QuotaLimits;

/** How much one APPEND or COPY may have: RFC 7889, RFC 9738, and what is ours. */
class AppendLimitsTest {
    private static final ImapLimits SMALL = ImapLimits.DEFAULTS.withMessageSize(5_000);

    private final MemoryMail mail = new MemoryMail(PlainIndex::of);

    private LiveSession session(ImapLimits limits) {
        LiveSession session = new LiveSession(mail, true, limits);
        session.connection.nextLine();
        session.command("a LOGIN alice@demo.test wildpost");
        return session;
    }

    private long messages() {
        return mail.open(MemoryMail.ALICE, MailboxName.INBOX, true) instanceof OpenResult.Opened opened
                ? opened.snapshot().uids().length
                : -1;
    }

    @Test
    void tellsItsLimits() {
        try (LiveSession session = session(SMALL.withAppends(20_000, 2_000))) {
            assertThat(session.command("b CAPABILITY").getFirst()).contains(" APPENDLIMIT=5000 SAVELIMIT=2000");
        }
    }

    /** RFC 9208 §4.3.1, before the octets are sent where a client waits for the go-ahead. */
    @Test
    void sparesAClientAGreatMessageThatItHasNoRoomFor() {
        mail.quota.limits = new QuotaLimits(OptionalLong.of(AppendHandler.GREAT), OptionalLong.empty());
        try (LiveSession session = session(ImapLimits.DEFAULTS)) {
            session.connection.send("b APPEND INBOX {" + (AppendHandler.GREAT + 1) + "}\r\n");
            assertThat(session.connection.nextLine()).startsWith("b NO [OVERQUOTA] ");

            session.connection.send("c APPEND INBOX {" + AppendHandler.GREAT + "}\r\n");
            assertThat(session.connection.nextLine()).startsWith("+ ");
            session.connection.send("x".repeat((int) AppendHandler.GREAT) + "\r\n");
            assertThat(session.connection.nextLine()).startsWith("c OK ");
        }
    }

    @Test
    void countsTheMessagesOfAnAppendAndOfACopy() {
        try (LiveSession session = session(SMALL.withAppends(20_000, 2))) {
            assertThat(session.command("b APPEND INBOX {1+}\r\na {1+}\r\nb {1+}\r\nc")
                            .getLast())
                    .startsWith("b NO [MESSAGELIMIT 2] ");
            assertThat(messages()).isZero();
            assertThat(session.command("c APPEND INBOX {1+}\r\na {1+}\r\nb").getLast())
                    .startsWith("c OK ");
            session.command("d APPEND INBOX {1+}\r\na");
            session.command("e SELECT INBOX");
            assertThat(session.command("f COPY 1:3 Sent").getLast()).startsWith("f NO [MESSAGELIMIT 2] ");
            assertThat(session.command("g UID COPY 1:3 Sent").getLast()).startsWith("g NO [MESSAGELIMIT 2] ");
            assertThat(session.command("h COPY 2:3 Sent").getLast()).startsWith("h OK ");
            assertThat(session.command("i UID MOVE 1:3 Sent").getLast()).startsWith("i OK ");
        }
    }

    @Test
    void boundsAllMessagesOfAnAppendTogether() {
        try (LiveSession session = session(SMALL.withAppends(10_000, 100))) {
            String large = "{4900+}\r\n" + "x".repeat(4_900);
            assertThat(session.command("b APPEND INBOX " + large + " " + large).getLast())
                    .startsWith("b OK ");
            assertThat(session.command("c APPEND INBOX " + large + " " + large + " {201+}\r\n" + "x".repeat(201))
                            .getLast())
                    .startsWith("c NO [TOOBIG] the messages of a command");
            // However small, each may take a file.
            assertThat(session.command("d APPEND INBOX {1+}\r\na {1+}\r\nb").getLast())
                    .startsWith("d OK ");
            assertThat(session.command("e APPEND INBOX {1+}\r\na {1+}\r\nb {2000+}\r\n" + "x".repeat(2_000))
                            .getLast())
                    .startsWith("e NO [TOOBIG] the messages of a command");
            assertThat(session.command("f NOOP").getLast()).startsWith("f OK ");
        }
    }

    @Test
    void allowsTheGreatestMessageWhateverAllTogetherMayHave() {
        assertThat(SMALL.withAppends(1_000, 10).appendSize()).isEqualTo(5_000);
    }

    @Test
    void boundsWhatStandsAroundTheMessages() {
        ImapLimits limits = SMALL.withSizes(8_192, 10, 8_192).withAppends(1_000_000, 100);
        String keywords = " (" + "k".repeat(90) + " a".repeat(90) + ") {1+}\r\nx";
        try (LiveSession session = session(limits)) {
            assertThat(session.command("b APPEND INBOX {1+}\r\nx" + keywords.repeat(20))
                            .getLast())
                    .startsWith("b OK ");
            String more = " (" + "k".repeat(90) + " " + "l".repeat(90) + " m".repeat(90) + ") {1+}\r\nx";
            assertThat(session.command("c APPEND INBOX {1+}\r\nx" + more.repeat(90))
                            .getLast())
                    .startsWith("c NO [TOOBIG] the command is too big");
        }
    }

    @Test
    void closesRatherThanSkipsEndlessMessages() {
        try (LiveSession session = session(SMALL.withAppends(10_000, 100))) {
            session.connection.send(
                    "b APPEND none " + ("{5000+}\r\n" + "x".repeat(5_000) + " ").repeat(9) + "{1+}\r\nx\r\n");
            assertThat(session.connection.nextLine()).startsWith("b NO [TOOBIG]");
            assertThat(session.connection.nextLine()).startsWith("* BYE ");
            session.ended();
        }
    }

    @Test
    void leavesNoFileBehind(@TempDir Path folder) throws IOException {
        String large = "Subject: x\r\n\r\n" + "octets\r\n".repeat(40_000);
        String literal = " {" + large.length() + "+}\r\n" + large;
        try (LiveSession session = LiveSession.loggedIn(mail, folder)) {
            assertThat(session.command("b APPEND INBOX" + literal.repeat(3)).getLast())
                    .isEqualTo("b OK [APPENDUID 1101 1:3] APPEND done");
            assertThat(session.command("c APPEND INBOX" + literal.repeat(2) + " {0+}\r\n")
                            .getLast())
                    .startsWith("c NO [CANNOT]");
            assertThat(session.command("d APPEND INBOX" + literal.repeat(2) + " nonsense")
                            .getLast())
                    .startsWith("d BAD ");
            session.connection.send("e APPEND INBOX" + literal + " {1000+}\r\nabc");
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
