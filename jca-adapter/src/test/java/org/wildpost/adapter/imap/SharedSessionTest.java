// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.listener.imap.MailboxName;

/** Two sessions on one mailbox that is shared (RFC 4314): what one does and what the other hears. */
class SharedSessionTest {
    private static final String INBOX = "\"Other Users/alice@demo.test/INBOX\"";

    private final MemoryMail mail = new MemoryMail(PlainIndex::of);

    /** Bob with Alice's INBOX open. */
    private LiveSession visitor(String rights) {
        grant(rights);
        LiveSession session = new LiveSession(mail, true, ImapLimits.DEFAULTS);
        session.connection.nextLine();
        session.command("a LOGIN bob@demo.test wildpost");
        assertThat(session.command("b SELECT " + INBOX).getLast()).startsWith("b OK");
        return session;
    }

    private void grant(String rights) {
        mail.ask(l -> l.grant(
                MemoryMail.ALICE,
                MailboxName.INBOX,
                Identifier.account("bob@demo.test"),
                RightsChange.parse(rights).orElseThrow()));
    }

    @Test
    void theNextCommandSeesOtherRights() {
        mail.deliver("INBOX", "Subject: a\r\n\r\nb");
        try (LiveSession bob = visitor("lrst")) {
            assertThat(bob.command("c STORE 1 +FLAGS (\\Deleted)"))
                    .containsExactly("* 1 FETCH (FLAGS (\\Deleted))", "c OK STORE done");

            grant("-t");

            assertThat(bob.command("d STORE 1 -FLAGS (\\Deleted)"))
                    .containsExactly(
                            "* OK [PERMANENTFLAGS (\\Seen)] no others",
                            "d NO [NOPERM] you have not the right to do this");
            assertThat(bob.command("e STORE 1 +FLAGS (\\Seen)"))
                    .containsExactly("* 1 FETCH (FLAGS (\\Seen \\Deleted))", "e OK STORE done");
            grant("+e");
            assertThat(bob.command("f EXPUNGE")).contains("* 1 EXPUNGE", "f OK EXPUNGE done");
        }
    }

    /** RFC 4314 §5.1.1 allows it. */
    @Test
    void whoMayNotReadAnyMoreIsSentAway() {
        mail.deliver("INBOX", "Subject: a\r\n\r\nb");
        try (LiveSession bob = visitor("lrs")) {
            bob.command("c FETCH 1 (ENVELOPE)");
            grant("l");

            bob.connection.send("d FETCH 1 (ENVELOPE)\r\n");

            assertThat(bob.connection.nextLine()).startsWith("* OK [PERMANENTFLAGS ()]");
            assertThat(bob.connection.nextLine()).startsWith("* BYE");
            bob.ended();
        }
    }

    @Test
    void notifyTellsNothingOfOthersMailboxes() {
        try (LiveSession bob = visitor("lr")) {
            bob.command("c UNSELECT");
            mail.deliver("INBOX", "Subject: a\r\n\r\nb");

            assertThat(bob.command(
                            "d NOTIFY SET STATUS (SUBTREE \"Other Users\" (MessageNew MessageExpunge MailboxName))"))
                    .containsExactly("d OK NOTIFY done");
            mail.deliver("INBOX", "Subject: b\r\n\r\nb");
            assertThat(bob.command("e NOOP")).containsExactly("e OK NOOP done");
        }
    }

    @Test
    void theVisitorHearsOfNewMessagesAndTheOwnerOfFlags() {
        try (LiveSession bob = visitor("lrsw");
                LiveSession alice = LiveSession.loggedIn(mail)) {
            alice.command("b SELECT INBOX");
            mail.deliver("INBOX", "Subject: a\r\n\r\nb");
            assertThat(bob.command("c NOOP")).contains("* 1 EXISTS");
            assertThat(alice.command("c NOOP")).contains("* 1 EXISTS");

            bob.command("d STORE 1 +FLAGS (\\Seen)");
            assertThat(alice.command("d NOOP")).containsExactly("d OK NOOP done");
            bob.command("e STORE 1 +FLAGS (\\Flagged)");
            assertThat(alice.command("e NOOP"))
                    .containsExactly("* 1 FETCH (UID 1 FLAGS (\\Flagged \\Recent))", "e OK NOOP done");

            alice.command("f STORE 1 +FLAGS (\\Seen \\Answered)");
            assertThat(bob.command("f NOOP"))
                    .containsExactly("* 1 FETCH (UID 1 FLAGS (\\Seen \\Answered \\Flagged))", "f OK NOOP done");
            alice.command("g STORE 1 -FLAGS (\\Seen)");
            assertThat(bob.command("g NOOP")).containsExactly("g OK NOOP done");
        }
    }

    @Test
    void twoSessionsOfOneReaderShareTheirMarks() {
        mail.deliver("INBOX", "Subject: a\r\n\r\nb");
        try (LiveSession one = visitor("lrs");
                LiveSession other = visitor("lrs")) {
            other.command("c FETCH 1 (MODSEQ)");
            one.command("c STORE 1 +FLAGS (\\Seen)");

            assertThat(other.command("d NOOP").getFirst())
                    .matches("\\* 1 FETCH \\(UID 1 FLAGS \\(\\\\Seen\\) MODSEQ \\(\\d+\\)\\)");
        }
    }

    /** Without the right to it reading marks nothing (RFC 4314 §4, FETCH). */
    @Test
    void readingMarksNothingWithoutTheRight() {
        mail.deliver("INBOX", "Subject: a\r\n\r\nb");
        try (LiveSession bob = visitor("lrw")) {
            assertThat(String.join(" ", bob.command("c FETCH 1 (BODY[])"))).doesNotContain("FLAGS");
            assertThat(bob.command("d FETCH 1 (FLAGS)")).contains("* 1 FETCH (FLAGS ())");
        }
    }

    @Test
    void aPartOfAnothersMessageIsTakenOver() {
        mail.deliver("INBOX", "Subject: a\r\n\r\nb");
        try (LiveSession bob = visitor("lr")) {
            String url = "/Other%20Users/alice@demo.test/INBOX/;UID=1";
            assertThat(bob.command("c APPEND INBOX CATENATE (URL \"" + url + "\")")
                            .getLast())
                    .startsWith("c OK [APPENDUID");
            bob.command("c2 UNSELECT");
            grant("l");
            assertThat(bob.command("d APPEND INBOX CATENATE (URL \"" + url + "\")")
                            .getLast())
                    .startsWith("d NO [BADURL");
        }
    }

    @Test
    void aPipelineOfGrantAndSelectIsDoneInOrder() {
        try (LiveSession alice = LiveSession.loggedIn(mail)) {
            assertThat(alice.command("b SETACL Sent bob@demo.test lr\r\nc GETACL Sent\r\nd NOOP"))
                    .last()
                    .asString()
                    .startsWith("b OK");
            assertThat(alice.connection.nextLine()).contains("\"bob@demo.test\" lr");
        }
    }
}
