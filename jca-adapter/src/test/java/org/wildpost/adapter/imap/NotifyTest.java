// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.MailboxName;

/** What the transcripts do not show of RFC 5465: limits, faults, and what happens at the same time. */
@Timeout(60)
class NotifyTest {
    private static final String MESSAGE = "From: bob@demo.test\r\nSubject: x\r\n\r\nHello\r\n";
    private static final Pattern STATUS = Pattern.compile("\\* STATUS \"([^\"]+)\" \\(MESSAGES ([0-9]+) .*\\)");

    private final MemoryMail mail = new MemoryMail(PlainIndex::of);

    private static ImapLimits limits(int mailboxes) {
        return ImapLimits.DEFAULTS.withNotifyMailboxes(mailboxes);
    }

    private void create(String name) {
        mail.ask(l -> l.create(MemoryMail.ALICE, new MailboxName(name), Optional.empty()));
    }

    @Test
    void refusesToWatchTooMuchAndKeepsWhatItWatched() {
        create("a/b");
        try (LiveSession session = LiveSession.loggedIn(mail, limits(2))) {
            assertThat(session.command("b NOTIFY SET (subtree a (MessageNew MessageExpunge))"))
                    .containsExactly("b OK NOTIFY done");
            int watchers = mail.watchers();
            assertThat(session.command("c NOTIFY SET (mailboxes (a a/b INBOX) (MessageNew MessageExpunge))")
                            .getLast())
                    .startsWith("c NO [NOTIFICATIONOVERFLOW] no more than 2 ");
            assertThat(mail.watchers()).isEqualTo(watchers);
            mail.deliver("a/b", MESSAGE);
            assertThat(session.connection.nextLine()).startsWith("* STATUS \"a/b\" (MESSAGES 1 ");
            assertThat(session.command("d NOTIFY SET (personal (MailboxName))")).containsExactly("d OK NOTIFY done");
        }
        assertThat(mail.watchers()).isZero();
    }

    @Test
    void refusesWhatIsTooComplicated() {
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            String groups = " (personal (MailboxName))".repeat(NotifyRequest.MAX_GROUPS);
            assertThat(session.command("b NOTIFY SET" + groups)).containsExactly("b OK NOTIFY done");
            assertThat(session.command("c NOTIFY SET (subscribed NONE)" + groups)
                            .getLast())
                    .startsWith("c NO [NOTIFICATIONOVERFLOW] ");
        }
    }

    @Test
    void tellsThatItTellsNoMoreWhenItBecomesTooMuch() {
        create("a");
        try (LiveSession session = LiveSession.loggedIn(mail, limits(1))) {
            session.command("b NOTIFY SET (selected (MessageNew MessageExpunge))"
                    + " (subtree a (MessageNew MessageExpunge MailboxName))");
            create("a/b");
            session.connection.await("* OK [NOTIFICATIONOVERFLOW] ");
            assertThat(mail.watchers()).isZero();
            mail.deliver("a", MESSAGE);
            create("a/c");
            assertThat(session.command("c NOOP")).containsExactly("c OK NOOP done");
            session.command("d SELECT INBOX");
            mail.deliver("INBOX", MESSAGE);
            assertThat(session.command("e NOOP")).as("as after NOTIFY NONE").containsExactly("e OK NOOP done");
        }
    }

    @Test
    void tellsWhatHappensBetweenTheListAndTheWatch() {
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            mail.atWatch.set(() -> mail.deliver("Sent", MESSAGE));
            session.connection.send("b NOTIFY SET STATUS (mailboxes Sent (MessageNew MessageExpunge))\r\n");
            assertThat(session.connection.nextLine()).startsWith("* STATUS \"Sent\" (MESSAGES 0 ");
            assertThat(session.connection.nextLine()).startsWith("* STATUS \"Sent\" (MESSAGES 1 ");
            assertThat(session.connection.nextLine()).isEqualTo("b OK NOTIFY done");
        }
    }

    @Test
    void tellsWhatHappensWhileItIsAskedForSomethingElse() {
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b NOTIFY SET (mailboxes Sent (MessageNew MessageExpunge))");
            mail.atWatchTree.set(() -> mail.deliver("Sent", MESSAGE));
            assertThat(session.command("c NOTIFY SET (mailboxes (Sent INBOX) (MessageNew MessageExpunge))"))
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("* STATUS \"Sent\" (MESSAGES 1 "),
                            line -> assertThat(line).isEqualTo("c OK NOTIFY done"));
        }
    }

    private static Map<AnnotationName, Optional<byte[]>> comment(String value) {
        byte[] octets = value.getBytes(StandardCharsets.US_ASCII);
        return Map.of(AnnotationName.parse("/private/comment"), Optional.of(octets));
    }

    private void annotate(String mailbox, String value) {
        mail.ask(l -> l.annotate(MemoryMail.ALICE, new MailboxName(mailbox), comment(value)));
    }

    @Test
    void tellsOfAnnotationsThatAreSetWhileItIsAskedForSomethingElse() {
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b NOTIFY SET (mailboxes Sent (MailboxMetadataChange ServerMetadataChange))");
            mail.atWatchTree.set(() -> annotate("Sent", "new"));
            assertThat(
                            session.command(
                                    "c NOTIFY SET STATUS (mailboxes (Sent INBOX) (MailboxMetadataChange ServerMetadataChange))"))
                    .containsExactly("* METADATA \"Sent\" /private/comment", "c OK NOTIFY done");
            mail.atWatchTree.set(() -> mail.ask(l -> l.annotateServer(MemoryMail.ALICE, comment("new"))));
            assertThat(session.command("d NOTIFY SET (mailboxes Sent (MailboxMetadataChange ServerMetadataChange))"))
                    .containsExactly("* METADATA \"\" /private/comment", "d OK NOTIFY done");
        }
    }

    /** RFC 5465 §5: the client needs not be told of its own changes, but of those of another session. */
    @Test
    void tellsOfAnnotationsThatAnotherSetsAfterTheClient() {
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b NOTIFY SET (mailboxes Sent (MailboxMetadataChange))");
            assertThat(session.command(
                            "c SETMETADATA Sent (/private/comment \"mine\" /private/specialuse \"\\\\sent\")"))
                    .containsExactly("c OK SETMETADATA done");
            mail.metadata.atSet.set(() -> annotate("Sent", "another's"));
            assertThat(session.command("d SETMETADATA Sent (/private/comment \"mine again\")"))
                    .containsExactly("* METADATA \"Sent\" /private/comment", "d OK SETMETADATA done");
        }
    }

    @Test
    void asksNothingWhileNothingHappens() {
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b NOTIFY SET (personal (MessageNew MessageExpunge))");
            mail.deliver("Sent", MESSAGE);
            session.connection.await("* STATUS \"Sent\"");
            mail.deliver("Sent", MESSAGE);
            session.connection.await("* STATUS \"Sent\"");
            int questions = mail.questions;
            session.connection.send("c NOOP\r\n");
            session.connection.await("c OK");
            assertThat(mail.questions).isEqualTo(questions);
        }
    }

    @Test
    void stopsWatchingWithTheLoginAndWithTheSession() {
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b NOTIFY SET (personal (MessageNew MessageExpunge MailboxName))");
            assertThat(mail.watchers()).isPositive();
            session.command("c UNAUTHENTICATE");
            assertThat(mail.watchers()).isZero();
            session.command("d LOGIN alice@demo.test wildpost");
            session.command("e NOTIFY SET (personal (MessageNew MessageExpunge MailboxName))");
            session.command("f NOTIFY NONE");
            assertThat(mail.watchers()).isZero();
            session.command("g NOTIFY SET (personal (MessageNew MessageExpunge MailboxName))");
        }
        assertThat(mail.watchers()).isZero();
    }

    @Test
    void saysNothingWithinACommand() {
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b NOTIFY SET (personal (MessageNew MessageExpunge))");
            session.connection.send("c STATUS {4}\r\n");
            assertThat(session.connection.nextLine()).startsWith("+ ");
            mail.deliver("INBOX", MESSAGE);
            session.connection.send("Sent (MESSAGES)\r\n");
            assertThat(session.connection.nextLine()).isEqualTo("* STATUS \"Sent\" (MESSAGES 0)");
            assertThat(session.connection.nextLine()).startsWith("* STATUS \"INBOX\" (MESSAGES 1 ");
            assertThat(session.connection.nextLine()).startsWith("c OK ");
        }
    }

    @Test
    void tellsLaterWhatCouldNotBeReadAtOnce() {
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b NOTIFY SET (personal (MessageNew MessageExpunge))");
            mail.deliver("INBOX", MESSAGE);
            session.connection.await("* STATUS \"INBOX\"");
            session.connection.send("c IDLE\r\n");
            session.connection.await("+ ");
            int asked = mail.questions;
            synchronized (mail) {
                mail.deliver("Sent", MESSAGE);
                mail.fault = Optional.of(new IllegalStateException("for a test"));
            }
            while (mail.questions < asked + 2) {
                Thread.onSpinWait();
            }
            mail.fault = Optional.empty();
            session.connection.send("DONE\r\n");
            assertThat(session.connection.nextLine()).startsWith("* STATUS \"Sent\" (MESSAGES 1 ");
            assertThat(session.connection.nextLine()).isEqualTo("c OK IDLE done");
        }
    }

    @Test
    void endsWhenTheSelectedMailboxIsDeletedByAnother() {
        create("a");
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b SELECT a");
            session.command("c NOTIFY SET (selected (MessageNew MessageExpunge))");
            mail.ask(l -> l.delete(MemoryMail.ALICE, new MailboxName("a")));
            assertThat(session.connection.nextLine()).startsWith("* BYE ");
            session.ended();
        }
    }

    /** Deliveries come while commands begin and end: whatever was told last of a mailbox is how it is. */
    @Test
    void losesNothingBetweenItsCommands() throws InterruptedException {
        List<String> names = List.of("Sent", "Drafts", "Archive");
        Random random = new Random(5465);
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b SELECT INBOX");
            session.command("c NOTIFY SET (selected (MessageNew (UID) MessageExpunge))"
                    + " (personal (MessageNew MessageExpunge))");
            Thread postman = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 300; i++) {
                    mail.deliver(names.get(i % names.size()), MESSAGE);
                    mail.deliver("INBOX", MESSAGE);
                }
            });
            StringBuilder said = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                String command = random.nextBoolean() ? "NOOP" : "UID FETCH 1:5 FLAGS";
                said.append(String.join("\r\n", session.command("t" + i + " " + command)))
                        .append("\r\n");
            }
            postman.join();
            said.append(String.join("\r\n", session.command("u NOOP"))).append("\r\n");
            Map<String, Long> told = new HashMap<>();
            Matcher status = STATUS.matcher(said);
            while (status.find()) {
                told.put(status.group(1), Long.valueOf(status.group(2)));
            }
            assertThat(told).isEqualTo(Map.of("Sent", 100L, "Drafts", 100L, "Archive", 100L));
            assertThat(said).contains("* 300 EXISTS");
            assertThat(said).contains("* 300 FETCH (UID 300)");
        }
    }
}
