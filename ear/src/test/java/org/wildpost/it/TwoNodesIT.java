// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two whole servers on one PostgreSQL: they carry one queue, nothing twice, and one takes over what the other had claimed when that is killed. */
@ExtendWith(DemoServer.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
class TwoNodesIT {
    private static final String SECOND = "second.demo.test";
    private static final String FAR = "far-" + UUID.randomUUID().toString().substring(0, 8) + ".test";
    private static final String ALIAS = "friend-of-" + FAR.replace(".test", "@demo.test");
    private static final Pattern SUBJECT = Pattern.compile("(?m)^Subject: (\\S+)$");

    /** More than a node takes into memory at once. */
    private static final int MESSAGES = 200;

    private static Instance first;
    private static Instance second;
    private static ServerDatabase database;
    private static Sink sink;
    private static Rest rest;

    @BeforeAll
    static void start(Instance demo, @TempDir Path folder) throws IOException, SQLException {
        first = demo;
        database = new ServerDatabase(demo);
        rest = new Rest(demo);
        sink = new Sink();
        rest.route(FAR, sink.port(), "none");
        assertThat(rest.send("POST", "aliases", "{\"email\":\"" + ALIAS + "\",\"targets\":[\"you@" + FAR + "\"]}"))
                .endsWith(" 201");
        // Afterwards: a node hears of routes that others made within seconds only.
        second = Instance.start(folder.resolve("data"), Instance.freeOffset(), environment(), "--demo");
    }

    private static Map<String, String> environment() throws IOException {
        return Map.ofEntries(
                entry("WILDPOST_HOSTNAME", SECOND),
                entry("WILDPOST_QUEUE_RETRIES", "2s"),
                entry("WILDPOST_DB_URL", database.url()),
                entry("WILDPOST_DB_USER", ServerDatabase.USER),
                entry("WILDPOST_DB_PASSWORD", database.password()));
    }

    @AfterAll
    static void stop() throws IOException {
        if (second != null) {
            second.close();
        }
        if (sink != null) {
            sink.close();
        }
    }

    @Test
    @Order(1)
    void whatOneDeliversAClientOfTheOtherFindsAtItsNextQuestion() throws IOException {
        try (ImapWire reader = new ImapWire(second, "bob@demo.test");
                SmtpSender sender = new SmtpSender(first.port(25))) {
            reader.command("SELECT INBOX");
            sender.send("bob@demo.test", "across");

            assertThat(reader.command("NOOP")).anyMatch(line -> line.endsWith(" EXISTS"));
        }
    }

    @Test
    @Order(2)
    void bothCarryWhatOneTookAndNothingTwice() throws IOException {
        sink.hold();
        Set<String> sent = send(first, MESSAGES);
        List<Sink.Mail> arrived = new ArrayList<>();
        for (String node : List.of("mail.demo.test", SECOND)) {
            Load.await(
                    node + " carries nothing",
                    () -> came(arrived, mail -> mail.client().equals(node)));
        }

        sink.goOn();

        Load.await("some did not come", () -> came(arrived, mail -> true) && arrived.size() >= MESSAGES);
        rest.await("queue?destination=" + FAR, "\"results_count\":0");
        came(arrived, mail -> true);
        assertThat(subjects(arrived)).as("each once").containsExactlyInAnyOrderElementsOf(sent);
    }

    /** Last, for it ends a node. RFC 1047 */
    @Test
    @Order(3)
    void theOtherTakesOverWhatAKilledOneHadClaimed() throws IOException, SQLException {
        sink.hold();
        Set<String> sent = send(second, MESSAGES / 2);
        List<Sink.Mail> arrived = new ArrayList<>();
        Load.await(
                "it carries nothing", () -> came(arrived, mail -> mail.client().equals(SECOND)));
        String node = Files.readString(second.data().resolve("node.id")).strip();
        long claimed = database.number("select count(*) from queue_entry where node ="
                + " (select max(id) from queue_node where name like '%/" + node + "')");

        second.killAll();
        // As it will be in 45 seconds.
        database.execute("update queue_node set heartbeat_at = heartbeat_at - interval '1 minute' where name like '%/"
                + node + "'");
        came(arrived, mail -> true);
        List<String> underWay = subjects(
                arrived.stream().filter(mail -> mail.client().equals(SECOND)).toList());
        sink.goOn();

        Load.await(
                "some did not come",
                () -> came(arrived, mail -> true) && new HashSet<>(subjects(arrived)).containsAll(sent));
        rest.await("queue?destination=" + FAR, "\"results_count\":0");
        came(arrived, mail -> true);
        List<String> repeated = subjects(arrived);
        new HashSet<>(repeated).forEach(repeated::remove);
        System.out.println("two nodes: one was killed with " + claimed + " messages claimed, " + underWay.size()
                + " of them under way; 0 lost, " + repeated.size() + " came twice");
        assertThat(claimed).as("more than was under way").isGreaterThan(underWay.size());
        assertThat(repeated).doesNotHaveDuplicates();
        assertThat(underWay).containsAll(repeated);
    }

    /** Sends so many, and says what they are. */
    private static Set<String> send(Instance node, int messages) throws IOException {
        Set<String> subjects = new HashSet<>();
        try (SmtpSender sender = new SmtpSender(node.port(25))) {
            for (int i = 0; i < messages; i++) {
                String subject = node.port(25) + "-" + i;
                sender.send(ALIAS, subject);
                subjects.add(subject);
            }
        }
        return subjects;
    }

    /** Whether one that is wanted came, now or before. */
    private static boolean came(List<Sink.Mail> before, Predicate<Sink.Mail> wanted) {
        before.addAll(sink.all());
        return before.stream().anyMatch(wanted);
    }

    private static List<String> subjects(List<Sink.Mail> mails) {
        List<String> subjects = new ArrayList<>();
        for (Sink.Mail mail : mails) {
            Matcher subject = SUBJECT.matcher(mail.text());
            assertThat(subject.find()).isTrue();
            subjects.add(subject.group(1));
        }
        return subjects;
    }
}
