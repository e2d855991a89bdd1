// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dialogue that Thunderbird has with a server, over as many connections as it keeps, some of them compressed. */
@ExtendWith(DemoServer.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ThunderbirdIT {
    private static final String USER = "alice@demo.test";

    /** What it keeps open for an account. */
    private static final int CONNECTIONS = 5;

    private static final int MESSAGES = 12;

    /** The fields that it asks for to show a list. */
    private static final String FIELDS =
            "BODY.PEEK[HEADER.FIELDS (From To Cc Bcc Subject Date Message-ID Priority X-Priority"
                    + " References Newsgroups In-Reply-To Content-Type Reply-To)]";

    private static final Pattern COPIED = Pattern.compile("\\[COPYUID \\d+ (\\S+) (\\S+)]");
    private static final Pattern APPENDED = Pattern.compile("\\[APPENDUID \\d+ (\\d+)]");

    /** Logs in as it does: capabilities, the login, who it is, what it wants to be told. */
    private static ImapWire connect(Instance server, boolean compressed) throws IOException {
        ImapWire wire = new ImapWire(server);
        assertThat(wire.greeting()).contains("[CAPABILITY ").contains(" AUTH=PLAIN ");
        assertThat(wire.command("capability").getFirst()).startsWith("* CAPABILITY IMAP4rev1 ");
        wire.send("login authenticate PLAIN\r\n");
        assertThat(wire.line()).startsWith("+");
        byte[] plain = ("\0" + USER + "\0wildpost").getBytes(StandardCharsets.UTF_8);
        wire.send(Base64.getEncoder().encodeToString(plain) + "\r\n");
        assertThat(wire.line())
                .startsWith("login OK [CAPABILITY ")
                .contains(" ID", " ENABLE", " IDLE", " UIDPLUS", " CONDSTORE", " SPECIAL-USE", " COMPRESS=DEFLATE");
        if (compressed) {
            wire.compress();
        }
        assertThat(wire.command("ID (\"name\" \"Thunderbird\" \"version\" \"128.5.0\")")
                        .getFirst())
                .startsWith("* ID (");
        assertThat(wire.command("ENABLE UTF8=ACCEPT")).containsExactly("* ENABLED UTF8=ACCEPT");
        assertThat(wire.command("namespace").getFirst()).startsWith("* NAMESPACE ((\"\" \"/\"))");
        List<String> folders = wire.command("list (subscribed) \"\" \"*\" return (special-use)");
        assertThat(folders).anyMatch(line -> line.matches("\\* LIST \\(.*\\\\Sent\\b.*\\) \"/\" \"Sent\""));
        assertThat(folders).anyMatch(line -> line.matches("\\* LIST \\(.*\\\\Trash\\b.*\\) \"/\" \"Trash\""));
        return wire;
    }

    /** A folder of its own, for several tests share the accounts. */
    private static String folder(ImapWire wire) throws IOException {
        String name = "Thunderbird-" + UUID.randomUUID();
        wire.command("create \"" + name + "\"");
        wire.command("subscribe \"" + name + "\"");
        return name;
    }

    /** With a literal that waits to be asked for, flags and a date. */
    private static long append(ImapWire wire, String folder, String subject) throws IOException {
        String message = "From: Alice <alice@demo.test>\r\nTo: bob@demo.test\r\nSubject: " + subject
                + "\r\nMessage-ID: <" + UUID.randomUUID() + "@demo.test>\r\nContent-Type: text/plain\r\n\r\n"
                + "the body of " + subject + "\r\n";
        wire.send("append append \"" + folder + "\" (\\Seen) \"25-Nov-2026 12:00:00 +0100\" {" + message.length()
                + "}\r\n");
        assertThat(wire.line()).startsWith("+");
        wire.send(message + "\r\n");
        String answer = untilTagged(wire, "append").getLast();
        Matcher uid = APPENDED.matcher(answer);
        assertThat(uid.find()).as(answer).isTrue();
        return Long.parseLong(uid.group(1));
    }

    private static List<String> untilTagged(ImapWire wire, String tag) throws IOException {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(wire.line());
        } while (!lines.getLast().startsWith(tag + " "));
        return lines;
    }

    private static void open(ImapWire wire, String folder, int messages) throws IOException {
        assertThat(wire.command("select \"" + folder + "\" (CONDSTORE)"))
                .contains("* " + messages + " EXISTS")
                .anyMatch(line -> line.startsWith("* OK [HIGHESTMODSEQ "))
                .anyMatch(line -> line.startsWith("* OK [UIDVALIDITY "));
        List<String> flags = wire.command("UID fetch 1:* (FLAGS)");
        assertThat(flags).hasSize(messages).allMatch(line -> line.contains("UID ") && line.contains("FLAGS ("));
    }

    @Test
    void readsAnswersAndDeletesWhileAnotherConnectionWaits(Instance server) throws IOException {
        try (ImapWire wire = connect(server, true);
                ImapWire waiting = connect(server, true)) {
            String folder = folder(wire);
            for (int i = 1; i <= 3; i++) {
                append(wire, folder, "message " + i);
            }
            open(wire, folder, 3);
            open(waiting, folder, 3);
            waiting.send("idle IDLE\r\n");
            assertThat(waiting.line()).startsWith("+ ");

            List<String> headers = wire.command("UID fetch 1:3 (UID RFC822.SIZE FLAGS " + FIELDS + ")");
            assertThat(headers).hasSize(3);
            assertThat(headers.get(1))
                    .startsWith("* 2 FETCH (UID 2 RFC822.SIZE ")
                    .contains("Subject: message 2\r\n", "Content-Type: text/plain\r\n")
                    .doesNotContain("the body");
            assertThat(wire.command("UID fetch 2 (UID RFC822.SIZE BODY.PEEK[])").getFirst())
                    .contains("the body of message 2\r\n");

            wire.command("uid store 2 +Flags (\\Flagged $label1)");
            waiting.await(
                    line -> line.startsWith("* 2 FETCH (") && line.contains("\\Flagged") && line.contains("$label1"));
            append(wire, folder, "message 4");
            waiting.await("* 4 EXISTS"::equals);
            assertThat(append(wire, "Sent", "the answer")).isPositive();

            String copied = wire.answers("uid copy 1,3 \"Trash\"").getLast();
            Matcher uids = COPIED.matcher(copied);
            assertThat(uids.find()).as(copied).isTrue();
            assertThat(uids.group(1)).isIn("1,3", "1,3:3");
            wire.command("uid store 1,3 +FLAGS (\\Seen \\Deleted)");
            assertThat(wire.command("EXPUNGE")).contains("* 1 EXPUNGE", "* 2 EXPUNGE");
            waiting.await("* 2 EXPUNGE"::equals);
            waiting.send("DONE\r\n");
            waiting.await(line -> line.startsWith("idle OK "));
            assertThat(waiting.command("UID fetch 1:* (FLAGS)"))
                    .hasSize(2)
                    .anyMatch(line -> line.contains("UID 2") && line.contains("\\Flagged"))
                    .anyMatch(line -> line.contains("UID 4") && line.contains("\\Seen"));

            wire.command("select \"Trash\" (CONDSTORE)");
            assertThat(wire.command("UID fetch " + uids.group(2) + " (UID FLAGS BODY.PEEK[HEADER.FIELDS (Subject)])"))
                    .hasSize(2)
                    .anyMatch(line -> line.contains("Subject: message 1\r\n"))
                    .anyMatch(line -> line.contains("Subject: message 3\r\n"));
            assertThat(wire.command("close")).isEmpty();
            assertThat(wire.answers("logout").getFirst()).startsWith("* BYE ");
        }
    }

    /** Each connection on a folder of its own, all of them into Sent and Trash. */
    @Test
    void keepsSeveralConnectionsBusyAtOnce(Instance server) throws Exception {
        CountDownLatch start = new CountDownLatch(CONNECTIONS);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                boolean compressed = i % 2 == 0;
                all.add(pool.submit(() -> work(server, compressed, start)));
            }
            List<Long> inTrash = new ArrayList<>();
            for (Future<List<Long>> one : all) {
                inTrash.addAll(one.get(90, TimeUnit.SECONDS));
            }
            assertThat(inTrash).hasSize(CONNECTIONS * MESSAGES / 2).doesNotHaveDuplicates();
        }
    }

    /** The UIDs of what went to Trash. */
    private static List<Long> work(Instance server, boolean compressed, CountDownLatch start)
            throws IOException, InterruptedException {
        List<Long> inTrash = new ArrayList<>();
        try (ImapWire wire = connect(server, compressed)) {
            String folder = folder(wire);
            start.countDown();
            assertThat(start.await(60, TimeUnit.SECONDS)).isTrue();
            for (int i = 1; i <= MESSAGES; i++) {
                append(wire, folder, folder + " " + i);
                append(wire, "Sent", folder + " sent " + i);
            }
            open(wire, folder, MESSAGES);
            assertThat(wire.command("UID fetch 1:" + MESSAGES + " (UID RFC822.SIZE FLAGS " + FIELDS + ")"))
                    .hasSize(MESSAGES);
            for (int uid = 1; uid <= MESSAGES; uid += 2) {
                Matcher copied = COPIED.matcher(
                        wire.answers("uid copy " + uid + " \"Trash\"").getLast());
                assertThat(copied.find()).isTrue();
                inTrash.add(Long.parseLong(copied.group(2)));
                wire.command("uid store " + uid + " +FLAGS (\\Deleted)");
            }
            assertThat(wire.command("EXPUNGE").stream().filter(line -> line.endsWith(" EXPUNGE")))
                    .hasSize(MESSAGES / 2);
            assertThat(wire.command("UID fetch 1:* (FLAGS)")).hasSize(MESSAGES / 2);
        }
        return inTrash;
    }
}
