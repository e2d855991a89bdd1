// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MetadataLimits;

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

    private LiveSession loggedInAsBob() {
        LiveSession session = new LiveSession(mail, true, ImapLimits.DEFAULTS);
        session.connection.nextLine();
        session.command("a LOGIN bob@demo.test wildpost");
        return session;
    }

    /** RFC 7377 §2.2: who may not look it up must name it. */
    @Test
    void searchesWhatIsNamedAndMayBeRead() {
        mail.deliver("INBOX", "Subject: a\r\n\r\nb");
        try (LiveSession bob = loggedInAsBob()) {
            String named = " ESEARCH IN (mailboxes (" + INBOX + " INBOX)) ALL";
            grant("r");
            assertThat(bob.command("b" + named))
                    .containsExactly(
                            "* ESEARCH (TAG \"b\" MAILBOX " + INBOX + " UIDVALIDITY 1101) UID ALL 1",
                            "b OK ESEARCH done");
            assertThat(bob.command("c ESEARCH IN (subtree \"Other Users\" subscribed personal) ALL"))
                    .containsExactly("c OK ESEARCH done");
            grant("l");
            assertThat(bob.command("d" + named)).containsExactly("d OK ESEARCH done");
        }
    }

    /** RFC 5465 §5: who looks it up and reads it hears of it. */
    @Test
    void notifyTellsOfMessagesInOthersMailboxes() {
        grant("lr");
        mail.deliver("INBOX", "Subject: a\r\n\r\nb");
        try (LiveSession bob = loggedInAsBob()) {
            assertThat(bob.command(
                            "b NOTIFY SET STATUS (SUBTREE \"Other Users\" (MessageNew MessageExpunge FlagChange))"))
                    .containsExactly(
                            "* STATUS " + INBOX + " (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 1101 UNSEEN 1 HIGHESTMODSEQ 2)",
                            "b OK NOTIFY done");
            mail.deliver("INBOX", "Subject: b\r\n\r\nb");
            assertThat(bob.connection.nextLine())
                    .isEqualTo("* STATUS " + INBOX + " (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 1101 UNSEEN 2)");
            mail.deliver("Sent", "Subject: b\r\n\r\nb");
            assertThat(bob.command("c NOOP")).containsExactly("c OK NOOP done");
        }
        assertThat(mail.watchers()).isZero();
    }

    /** An address and INBOX are the same in any case, as they are for SELECT. */
    @Test
    void notifyKnowsNamesInAnyCase() {
        grant("lrswi");
        String any = "\"Other Users/Alice@Demo.TEST/inbox\"";
        try (LiveSession bob = loggedInAsBob()) {
            bob.command("b NOTIFY SET (MAILBOXES " + any + " (MessageNew MessageExpunge MailboxMetadataChange))");
            mail.deliver("INBOX", "Subject: b\r\n\r\nb");
            assertThat(bob.connection.nextLine()).startsWith("* STATUS " + INBOX + " (MESSAGES 1 ");
            bob.command("c NOTIFY SET (SUBTREE \"Other Users/ALICE@demo.test\" (MessageNew MessageExpunge))");
            mail.deliver("INBOX", "Subject: b\r\n\r\nb");
            assertThat(bob.connection.nextLine()).startsWith("* STATUS " + INBOX + " (MESSAGES 2 ");

            bob.command("d NOTIFY SET (MAILBOXES " + any + " (MessageNew MessageExpunge MailboxMetadataChange))");
            assertThat(bob.command("e SETMETADATA " + any + " (/shared/comment \"mine\")"))
                    .as("own changes are not told back")
                    .containsExactly("e OK SETMETADATA done");
            bob.connection.send("f APPEND " + any + " {3+}\r\na\r\n\r\n");
            assertThat(bob.connection.nextLine()).startsWith("f OK [APPENDUID ");
        }
    }

    /** RFC 5465 §6.2: others' mailboxes are in no personal namespace. */
    @Test
    void personalMailboxesAreNoOthers() {
        grant("lr");
        try (LiveSession bob = loggedInAsBob()) {
            bob.command("b NOTIFY SET (PERSONAL (MessageNew MessageExpunge MailboxName))"
                    + " (INBOXES (MailboxMetadataChange))");
            mail.deliver("INBOX", "Subject: b\r\n\r\nb");
            grant("l");
            grant("");
            assertThat(bob.command("c NOOP")).containsExactly("c OK NOOP done");
        }
    }

    /** RFC 5465 §3.1, §5.9. */
    @Test
    void whoMayNotReadIsToldSoAndHearsAgainWithTheRight() {
        grant("l");
        mail.deliver("INBOX", "Subject: a\r\n\r\nb");
        try (LiveSession bob = loggedInAsBob()) {
            assertThat(bob.command("b NOTIFY SET STATUS (MAILBOXES (" + INBOX
                            + " \"Other Users/alice@demo.test/Sent\") (MessageNew MessageExpunge))"))
                    .containsExactly("* LIST (\\HasNoChildren \\NoAccess) \"/\" " + INBOX, "b OK NOTIFY done");
            mail.deliver("INBOX", "Subject: b\r\n\r\nb");
            assertThat(bob.command("c NOOP")).containsExactly("c OK NOOP done");

            grant("lr");
            assertThat(bob.connection.nextLine()).isEqualTo("* LIST (\\HasNoChildren) \"/\" " + INBOX);
            assertThat(bob.connection.nextLine()).startsWith("* STATUS " + INBOX + " (MESSAGES 2 ");
            mail.deliver("INBOX", "Subject: c\r\n\r\nb");
            assertThat(bob.connection.nextLine()).startsWith("* STATUS " + INBOX + " (MESSAGES 3 ");

            grant("l");
            assertThat(bob.connection.nextLine()).isEqualTo("* LIST (\\HasNoChildren \\NoAccess) \"/\" " + INBOX);
            mail.deliver("INBOX", "Subject: d\r\n\r\nb");
            assertThat(bob.command("d NOOP")).containsExactly("d OK NOOP done");
        }
    }

    /** RFC 5465 §5.4: to be given the right to look it up is as if it were made, with the levels above. */
    @Test
    void namesComeAndGoWithTheRightToLookThemUp() {
        String first = "\"Other Users\"";
        String level = "\"Other Users/alice@demo.test\"";
        try (LiveSession bob = loggedInAsBob()) {
            bob.command("b NOTIFY SET (SUBTREE \"Other Users\" (MailboxName))");
            grant("lr");
            assertThat(bob.connection.nextLine()).isEqualTo("* LIST (\\NonExistent \\HasChildren) \"/\" " + first);
            assertThat(bob.connection.nextLine()).isEqualTo("* LIST (\\NonExistent \\HasChildren) \"/\" " + level);
            assertThat(bob.connection.nextLine()).isEqualTo("* LIST (\\HasNoChildren) \"/\" " + INBOX);
            grant("l");
            assertThat(bob.connection.nextLine()).isEqualTo("* LIST (\\HasNoChildren \\NoAccess) \"/\" " + INBOX);
            grant("r");
            assertThat(bob.connection.nextLine()).isEqualTo("* LIST (\\NonExistent) \"/\" " + first);
            assertThat(bob.connection.nextLine()).isEqualTo("* LIST (\\NonExistent) \"/\" " + level);
            assertThat(bob.connection.nextLine()).isEqualTo("* LIST (\\NonExistent) \"/\" " + INBOX);
            grant("");
            assertThat(bob.command("c NOOP")).containsExactly("c OK NOOP done");
        }
    }

    /** RFC 5465 §3.1: with what is below it. */
    @Test
    void whatMayNotBeReadIsToldWithWhetherSomethingIsBelow() {
        for (String name : List.of("a", "a/b")) {
            mail.ask(l -> l.create(MemoryMail.ALICE, new MailboxName(name), Optional.empty()));
            mail.ask(l -> l.grant(
                    MemoryMail.ALICE,
                    new MailboxName(name),
                    Identifier.account("bob@demo.test"),
                    RightsChange.parse("l").orElseThrow()));
        }
        try (LiveSession bob = loggedInAsBob()) {
            assertThat(bob.command("b NOTIFY SET (SUBTREE \"Other Users\" (MessageNew MessageExpunge))"))
                    .containsExactly(
                            "* LIST (\\HasChildren \\NoAccess) \"/\" \"Other Users/alice@demo.test/a\"",
                            "* LIST (\\HasNoChildren \\NoAccess) \"/\" \"Other Users/alice@demo.test/a/b\"",
                            "b OK NOTIFY done");
        }
    }

    private void share(String name) {
        mail.ask(l -> l.create(MemoryMail.ALICE, new MailboxName(name), Optional.empty()));
        mail.ask(l -> l.grant(
                MemoryMail.ALICE,
                new MailboxName(name),
                Identifier.account("bob@demo.test"),
                RightsChange.parse("lr").orElseThrow()));
    }

    /** Who shares much must not end what others hear of their own mailboxes. */
    @Test
    void othersMailboxesBeyondTheLimitAreLeftOut() {
        share("a");
        share("b");
        int own = mail.ask(l -> l.list(MemoryMail.BOB)).mailboxes().size() - 2;
        ImapLimits limits = ImapLimits.DEFAULTS.withNotifyMailboxes(own + 1);
        try (LiveSession bob = new LiveSession(mail, true, limits)) {
            bob.connection.nextLine();
            bob.command("a LOGIN bob@demo.test wildpost");
            String messages = " (MessageNew MessageExpunge MailboxName))";
            assertThat(bob.command("b NOTIFY SET (PERSONAL" + messages
                                    + " (MAILBOXES (\"Other Users/alice@demo.test/a\" \"Other Users/alice@demo.test/b\")"
                                    + messages)
                            .getLast())
                    .as("named")
                    .startsWith("b NO [NOTIFICATIONOVERFLOW] ");
            assertThat(bob.command("c NOTIFY SET (PERSONAL" + messages + " (SUBTREE \"Other Users\"" + messages))
                    .containsExactly("c OK NOTIFY done");
            mail.deliver("b", "Subject: b\r\n\r\nb");
            mail.deliver("a", "Subject: b\r\n\r\nb");
            assertThat(bob.connection.nextLine()).startsWith("* STATUS \"Other Users/alice@demo.test/a\" (MESSAGES 1 ");

            share("a0");
            bob.connection.await("* LIST (\\HasNoChildren) \"/\" \"Other Users/alice@demo.test/a0\"");
            mail.deliver("a0", "Subject: b\r\n\r\nb");
            mail.deliver("a", "Subject: b\r\n\r\nb");
            assertThat(bob.connection.nextLine())
                    .as("that which is watched stays")
                    .startsWith("* STATUS \"Other Users/alice@demo.test/a\" (MESSAGES 2 ");

            mail.ask(l -> l.delete(MemoryMail.ALICE, new MailboxName("a")));
            assertThat(bob.connection.nextLine()).contains("\\NonExistent");
            assertThat(bob.connection.nextLine())
                    .as("there is room again")
                    .startsWith("* STATUS \"Other Users/alice@demo.test/a0\" (MESSAGES 1 ");
            mail.ask(l -> l.create(MemoryMail.BOB, new MailboxName("mine"), Optional.empty()));
            bob.connection.await("\"mine\"\r\n");
            mail.deliver("a0", "Subject: b\r\n\r\nb");
            assertThat(bob.command("d NOOP")).as("own ones come first").containsExactly("d OK NOOP done");
        }
    }

    /** As many annotations as a mailbox may have in one scope. */
    private void annotateFully(AccountId owner, String mailbox) {
        Map<AnnotationName, Optional<byte[]>> values = new HashMap<>();
        for (int i = 0; i < MetadataLimits.DEFAULTS.each(); i++) {
            values.put(AnnotationName.parse("/shared/vendor/a/b/" + i), Optional.of(new byte[] {'x'}));
        }
        mail.ask(l -> l.annotate(owner, new MailboxName(mailbox), values));
    }

    /** Others' annotations are left out where they are too many, and the account's own are refused. */
    @Test
    void annotationsThatAreRememberedAreBounded() {
        int full = AnnotationNews.MAX_ENTRIES / MetadataLimits.DEFAULTS.each();
        share("a");
        annotateFully(MemoryMail.ALICE, "a");
        for (int i = 0; i < full; i++) {
            String name = "m" + i;
            mail.ask(l -> l.create(MemoryMail.BOB, new MailboxName(name), Optional.empty()));
            if (i > 1) {
                annotateFully(MemoryMail.BOB, name);
            }
        }
        try (LiveSession bob = loggedInAsBob()) {
            bob.command("b NOTIFY SET (PERSONAL (MailboxMetadataChange))"
                    + " (SUBTREE \"Other Users\" (MailboxMetadataChange))");
            annotateFully(MemoryMail.ALICE, "a");
            assertThat(bob.connection.nextLine()).startsWith("* METADATA \"Other Users/alice@demo.test/a\" ");
            annotateFully(MemoryMail.BOB, "m0");
            assertThat(bob.connection.nextLine()).startsWith("* METADATA \"m0\" ");
            annotateFully(MemoryMail.ALICE, "a");
            assertThat(bob.command("b2 NOOP")).as("no room left").containsExactly("b2 OK NOOP done");
            annotateFully(MemoryMail.BOB, "m1");
            bob.connection.await("* OK [NOTIFICATIONOVERFLOW] ");
            assertThat(mail.watchers()).isZero();
            assertThat(bob.command("c NOTIFY SET (PERSONAL (MailboxMetadataChange))"))
                    .singleElement()
                    .asString()
                    .startsWith("c NO [NOTIFICATIONOVERFLOW] ");
        }
    }

    @Test
    void othersAnnotationsThatAreTooManyAreNotTold() {
        int full = AnnotationNews.MAX_ENTRIES / MetadataLimits.DEFAULTS.each();
        for (int i = 0; i <= full; i++) {
            share("a" + i);
            annotateFully(MemoryMail.ALICE, "a" + i);
        }
        try (LiveSession bob = loggedInAsBob()) {
            assertThat(bob.command("b NOTIFY SET (PERSONAL (MailboxMetadataChange))"
                            + " (SUBTREE \"Other Users\" (MailboxMetadataChange))"))
                    .containsExactly("b OK NOTIFY done");
            assertThat(bob.command("c SETMETADATA INBOX (/private/comment \"x\")"))
                    .containsExactly("c OK SETMETADATA done");
            annotateFully(MemoryMail.BOB, "Sent");
            assertThat(bob.connection.nextLine()).startsWith("* METADATA \"Sent\" ");
        }
    }

    @Test
    void notifyTellsOfAnnotationsInOthersMailboxes() {
        grant("lr");
        try (LiveSession bob = loggedInAsBob();
                LiveSession alice = LiveSession.loggedIn(mail)) {
            bob.command("b NOTIFY SET (MAILBOXES " + INBOX + " (MailboxMetadataChange))");
            alice.command("b SETMETADATA INBOX (/private/comment \"mine\")");
            assertThat(bob.command("c NOOP")).as("others' private").containsExactly("c OK NOOP done");
            alice.command("c SETMETADATA INBOX (/shared/comment \"ours\")");
            assertThat(bob.connection.nextLine()).isEqualTo("* METADATA " + INBOX + " /shared/comment");
            grant("l");
            assertThat(bob.connection.nextLine()).contains("\\NoAccess");
            alice.command("d SETMETADATA INBOX (/shared/comment \"again\")");
            assertThat(bob.command("d NOOP")).containsExactly("d OK NOOP done");
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
