// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.walk;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.wildpost.core.walk.WalkModel.Change;

/**
 * Many sessions at once, each at random and on its own thread, so that changes meet. No model can say what must be in the middle; each client still refuses
 * what must not be said to it, and when the storm is over all must believe the same, of what they were told alone.
 */
public final class MailboxStorm implements AutoCloseable {
    private static final List<String> WORDS = List.of("\\Seen", "\\Flagged", "\\Deleted", "k1", "k2");
    private static final int MESSAGES_MAX = 60;

    private final String mailbox;
    private final String other;
    private final Wire.Opener opener;
    private final List<Sailor> sailors = new ArrayList<>();

    /** A storm in a mailbox that nobody else uses, and another one for what leaves. */
    public MailboxStorm(String mailbox, String other, Wire.Opener opener, int sessions, long seed) throws IOException {
        this.mailbox = mailbox;
        this.other = other;
        this.opener = opener;
        for (int i = 0; i < sessions; i++) {
            Manner manner = List.of(Manner.values()).get(i % Manner.values().length);
            sailors.add(
                    new Sailor(new WalkClient("session " + i, manner, opener.open()), new Random(seed * 1_000 + i)));
        }
    }

    /** Lets it blow for so long, and compares. */
    public void blow(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (Sailor sailor : sailors) {
                all.add(pool.submit(() -> {
                    sailor.begin();
                    while (System.nanoTime() < end) {
                        sailor.act();
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(time.toSeconds() + 60, TimeUnit.SECONDS);
            }
        } catch (java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
        compare();
    }

    private void compare() throws IOException {
        try (WalkClient fresh = new WalkClient("a new session", Manner.PLAIN, opener.open())) {
            ok(fresh, fresh.command("EXAMINE " + mailbox));
            ok(fresh, fresh.command("UID FETCH 1:* (UID FLAGS)"));
            for (Sailor sailor : sailors) {
                sailor.compare(fresh);
            }
        }
    }

    private static void ok(WalkClient client, String answer) {
        client.check(answer.startsWith("OK"), "refused: " + answer);
    }

    /** Commands that all clients gave. */
    public long commands() {
        return sailors.stream().mapToLong(sailor -> sailor.acts).sum();
    }

    /** One session in the storm; for one thread at a time. */
    private final class Sailor {
        private final WalkClient client;
        private final Random random;
        private long acts;

        Sailor(WalkClient client, Random random) {
            this.client = client;
            this.random = random;
        }

        void begin() throws IOException {
            if (!client.manner.extensions().isEmpty()) {
                ok(client, client.command("ENABLE " + client.manner.extensions()));
            }
            ok(client, client.command("SELECT " + mailbox));
            meetAll();
        }

        /** Asks who those are that were only counted. */
        private void meetAll() throws IOException {
            while (client.slots.contains(WalkClient.UNKNOWN)) {
                List<Long> known = client.known();
                long from = known.isEmpty() || random.nextInt(4) == 0 ? 1 : known.getLast() + 1;
                ok(client, client.command("UID FETCH " + from + ":* (UID FLAGS)"));
            }
        }

        void act() throws IOException {
            acts++;
            meetAll();
            int choice = random.nextInt(100);
            if (choice < 30) {
                store();
            } else if (choice < 42) {
                append();
            } else if (choice < 60) {
                transfer();
            } else if (choice < 68) {
                ok(client, client.command(random.nextBoolean() ? "EXPUNGE" : "UID EXPUNGE " + uids(some())));
            } else if (choice < 76) {
                client.idle();
                pause();
                ok(client, client.done());
            } else if (choice < 82) {
                ok(client, client.command("NOOP"));
            } else if (choice < 92) {
                fetch();
            } else if (choice < 96) {
                ok(client, client.command("UID SEARCH DELETED"));
            } else {
                reselect();
            }
        }

        private void pause() throws IOException {
            try {
                Thread.sleep(random.nextInt(40));
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        /** Some messages that the client counts; there may be none. */
        private List<Long> some() {
            List<Long> known = client.known();
            int share = 1 + random.nextInt(6);
            return known.stream().filter(uid -> random.nextInt(share) == 0).toList();
        }

        private String uids(List<Long> some) {
            return some.isEmpty()
                    ? "4294967295"
                    : some.stream().map(String::valueOf).collect(Collectors.joining(","));
        }

        private String numbers(List<Long> some) {
            return some.stream()
                    .map(uid -> String.valueOf(client.slots.indexOf(uid) + 1))
                    .collect(Collectors.joining(","));
        }

        /** A command on messages, by UID or by number. */
        private String on(String verb, List<Long> some) {
            boolean uid = client.manner.uidsOnly() || some.isEmpty() || random.nextBoolean();
            return uid ? "UID " + verb + " " + uids(some) : verb + " " + numbers(some);
        }

        private void store() throws IOException {
            List<Long> some = some();
            boolean silent = random.nextBoolean();
            boolean conditional = client.manner.tellsModSeqs() && random.nextInt(3) == 0;
            Change change = List.of(Change.values()).get(random.nextInt(3));
            Set<String> words = new TreeSet<>(Set.of(WORDS.get(random.nextInt(WORDS.size()))));
            long since = some.stream()
                    .mapToLong(uid -> client.modSeqs.getOrDefault(uid, 0L))
                    .max()
                    .orElse(0);
            String command = on("STORE", some) + (conditional ? " (UNCHANGEDSINCE " + since + ") " : " ")
                    + change.word() + (silent ? ".SILENT (" : " (") + String.join(" ", words) + ")";
            if (silent && !conditional) {
                some.forEach(uid -> client.flags.computeIfPresent(uid, (same, before) -> change.apply(before, words)));
            }
            String answer =
                    client.silently(command, before -> silent && conditional ? change.apply(before, words) : before);
            client.check(answer.startsWith("OK") || answer.startsWith("NO ["), "refused: " + answer);
        }

        private void append() throws IOException {
            if (client.slots.size() >= MESSAGES_MAX) {
                ok(client, client.command("UID STORE 1:* +FLAGS.SILENT (\\Deleted)"));
                client.flags.replaceAll((uid, before) -> Change.ADD.apply(before, Set.of("\\Deleted")));
                return;
            }
            String flag = WORDS.get(random.nextInt(WORDS.size()));
            ok(client, client.command("APPEND " + mailbox + " (" + flag + ") {15+}\r\nSubject: x\r\n\r\nx"));
        }

        private void transfer() throws IOException {
            boolean here = client.slots.size() < MESSAGES_MAX && random.nextBoolean();
            String verb = random.nextInt(3) == 0 ? "MOVE" : "COPY";
            List<Long> some = some();
            ok(
                    client,
                    client.command(on(verb, some.subList(0, Math.min(4, some.size()))) + " "
                            + (here ? mailbox : other)));
        }

        private void fetch() throws IOException {
            String items = random.nextBoolean() ? "(UID FLAGS)" : "(UID FLAGS RFC822.SIZE)";
            String answer = client.command(on("FETCH", some()) + " " + items);
            client.check(answer.startsWith("OK") || answer.startsWith("NO [EXPUNGEISSUED]"), "refused: " + answer);
        }

        /** Comes back with what it knows, or with nothing. */
        private void reselect() throws IOException {
            long known = client.highestModSeq;
            Map<Long, Set<String>> cache = new HashMap<>(client.flags);
            long validity = client.uidValidity;
            client.forgetAll();
            if (!client.manner.resyncs() || cache.isEmpty() || random.nextInt(4) == 0) {
                ok(client, client.command("SELECT " + mailbox));
            } else {
                client.flags.putAll(cache);
                ok(
                        client,
                        client.command("SELECT " + mailbox + " (QRESYNC (" + validity + " " + known + " "
                                + uids(cache.keySet().stream().sorted().toList()) + "))"));
                client.goneEarlier.forEach(client.flags::remove);
            }
            meetAll();
        }

        /** After the storm. */
        void compare(WalkClient fresh) throws IOException {
            for (boolean again : new boolean[] {false, true}) {
                if (again) {
                    reselect();
                }
                ok(client, client.command("NOOP"));
                meetAll();
                client.check(
                        client.known().equals(fresh.slots),
                        "counts " + client.known() + " where there are " + fresh.slots);
                Map<Long, Set<String>> heard = new HashMap<>(fresh.flags);
                heard.keySet().retainAll(client.flags.keySet());
                client.check(client.flags.equals(heard), "believes " + client.flags + " where it is " + heard);
            }
        }
    }

    @Override
    public void close() {
        sailors.forEach(sailor -> sailor.client.close());
    }
}
