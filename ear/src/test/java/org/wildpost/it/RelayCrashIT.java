// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every process is killed while mail is relayed, several times: nothing that was acknowledged is lost, what was under way comes once more for each kill at
 * most (RFC 1047), and the queue goes on where it stood.
 */
@Timeout(300)
class RelayCrashIT {
    private static final int KILLS = 3;
    private static final int SENDERS = 4;
    private static final int LEAST_PER_ROUND = 50;
    private static final Map<String, String> ENVIRONMENT = Map.of("WILDPOST_QUEUE_RETRIES", "2s");
    private static final Pattern SUBJECT = Pattern.compile("(?m)^Subject: (\\S+)$");

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> arrived = new TreeMap<>();

    @Test
    void losesNothingAndRepeatsWhatWasUnderWayAtMost(@TempDir Path folder) throws IOException, InterruptedException {
        int offset = Instance.freeOffset();
        Path data = folder.resolve("data");
        try (Sink sink = new Sink()) {
            for (int round = 0; round < KILLS; round++) {
                try (Instance server = Instance.start(data, offset, ENVIRONMENT, "--demo")) {
                    if (round == 0) {
                        prepare(new Rest(server), sink);
                    }
                    loadAndKill(server, sink, round);
                }
            }
            try (Instance server = Instance.start(data, offset, ENVIRONMENT, "--demo")) {
                Load.await("some did not come", () -> count(sink).keySet().containsAll(acknowledged));
                new Rest(server).await("queue", "\"results_count\":0");
            }
            count(sink);
        }
        long repeated = arrived.values().stream().filter(times -> times > 1).count();
        System.out.println("relay crash test: " + KILLS + " kills, " + acknowledged.size()
                + " messages acknowledged, 0 lost, " + repeated + " came more than once");
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS * LEAST_PER_ROUND);
        assertThat(arrived.values()).allMatch(times -> times <= 1 + KILLS);
        assertThat(repeated).as("not all that was sent before").isLessThan(acknowledged.size() / 2);
    }

    private static void prepare(Rest rest, Sink sink) throws IOException {
        rest.route("far.test", sink.port(), "none");
        assertThat(rest.send("POST", "aliases", "{\"email\":\"friend@demo.test\",\"targets\":[\"friend@far.test\"]}"))
                .endsWith(" 201");
    }

    private void loadAndKill(Instance server, Sink sink, int round) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        int before = acknowledged.size();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            String name = "r" + round + "s" + i;
            senders.add(Thread.ofVirtual().start(() -> load(server.port(25), name, over)));
        }
        int came = count(sink).size();
        Load.await(
                "nothing is relayed in round " + round,
                () -> acknowledged.size() - before >= LEAST_PER_ROUND
                        && count(sink).size() > came);
        server.killAll();
        over.set(true);
        for (Thread sender : senders) {
            sender.join();
        }
    }

    private void load(int port, String name, AtomicBoolean over) {
        try (SmtpSender sender = new SmtpSender(port)) {
            for (int i = 0; !over.get(); i++) {
                String token = name + "m" + i;
                sender.send("friend@demo.test", token);
                acknowledged.add(token);
            }
        } catch (IOException killed) {
            // What had no 250 is not counted.
            return;
        }
    }

    /** How often each came. */
    private Map<String, Integer> count(Sink sink) {
        for (Sink.Mail mail : sink.all()) {
            Matcher subject = SUBJECT.matcher(mail.text());
            assertThat(subject.find()).isTrue();
            arrived.merge(subject.group(1), 1, Integer::sum);
        }
        return arrived;
    }
}
