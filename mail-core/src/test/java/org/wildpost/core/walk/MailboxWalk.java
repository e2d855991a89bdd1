// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.walk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.wildpost.core.walk.WalkModel.Change;

/**
 * The walk: one command at a time, of a session by chance, so that the seed alone decides what happens. After each answer the client must know what the
 * model says that it may know: all that there is, or, while sequence numbers were in use, that and what is gone and could not be told.
 */
public final class MailboxWalk implements AutoCloseable {
    private static final List<String> WORDS =
            List.of("\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft", "k1", "k2", "Work");
    private static final int MESSAGES_MAX = 40;

    private final String mailbox;
    private final String other;
    private final Wire.Opener opener;
    private final Random random;
    private final WalkModel model = new WalkModel();
    private final List<WalkClient> clients = new ArrayList<>();
    private int step;

    /**
     * A walk in a mailbox that nobody else uses.
     *
     * @param mailbox an empty mailbox in which no message ever was
     * @param other   another mailbox, for what leaves
     */
    public MailboxWalk(String mailbox, String other, Wire.Opener opener, int sessions, long seed) throws IOException {
        this.mailbox = mailbox;
        this.other = other;
        this.opener = opener;
        this.random = new Random(seed);
        for (int i = 0; i < sessions; i++) {
            clients.add(client("session " + i));
        }
        for (WalkClient client : clients) {
            select(client);
        }
    }

    private WalkClient client(String name) throws IOException {
        Manner manner = List.of(Manner.values()).get(random.nextInt(Manner.values().length));
        WalkClient client = new WalkClient(name, manner, opener.open());
        if (!manner.extensions().isEmpty()) {
            ok(client, client.command("ENABLE " + manner.extensions()));
        }
        return client;
    }

    /** Goes so many steps; an error says what went wrong, and the constructor's seed shows it again. */
    public void go(int steps) throws IOException {
        for (int end = step + steps; step < end; step++) {
            WalkClient client = clients.get(random.nextInt(clients.size()));
            if (client.idling) {
                ok(client, client.done());
                told(client, true);
            } else {
                act(client);
            }
        }
    }

    /** Everybody looks: all must know the same. */
    public void rest() throws IOException {
        for (WalkClient client : clients) {
            ok(client, client.idling ? client.done() : client.command("NOOP"));
            told(client, true);
            fetchAll(client);
        }
    }

    private void act(WalkClient client) throws IOException {
        int choice = random.nextInt(100);
        if (choice < 22) {
            store(client);
        } else if (choice < 32) {
            append(client);
        } else if (choice < 40) {
            copy(client);
        } else if (choice < 48) {
            move(client);
        } else if (choice < 56) {
            expunge(client);
        } else if (choice < 66) {
            client.idle();
        } else if (choice < 74) {
            ok(client, client.command("NOOP"));
            told(client, true);
        } else if (choice < 84) {
            fetch(client);
        } else if (choice < 88) {
            fetchAll(client);
        } else if (choice < 92) {
            search(client);
        } else if (choice < 96) {
            select(client);
        } else if (choice < 98) {
            close(client);
        } else {
            client.close();
            WalkClient next = client(client.name);
            clients.set(clients.indexOf(client), next);
            select(next);
        }
    }

    private static void ok(WalkClient client, String answer) {
        client.check(answer.startsWith("OK"), "refused: " + answer);
    }

    /** What the client must know now. */
    private void told(WalkClient client, boolean all) {
        List<Long> expected = new ArrayList<>();
        long last = 0;
        if (!all) {
            for (long uid : client.slots) {
                if (uid != WalkClient.UNKNOWN) {
                    expected.add(uid);
                    last = uid;
                }
            }
        }
        expected.addAll(model.messages.tailMap(last, false).keySet());
        client.check(
                client.slots.size() == expected.size(),
                "step " + step + ": " + client.slots.size() + " messages where there are " + expected);
        for (int i = 0; i < expected.size(); i++) {
            long known = client.slots.get(i);
            boolean right = client.manner.uidsOnly() ? expected.contains(known) : known == expected.get(i);
            client.check(
                    known == WalkClient.UNKNOWN || right,
                    "step " + step + ": message " + (i + 1) + " must be " + expected.get(i));
        }
        client.slots.clear();
        client.slots.addAll(expected);
        for (Map.Entry<Long, Set<String>> heard : client.flags.entrySet()) {
            Set<String> right = model.messages.getOrDefault(heard.getKey(), heard.getValue());
            client.check(
                    right.equals(heard.getValue()),
                    "step " + step + ": message " + heard.getKey() + " is " + right + ", believed " + heard.getValue());
        }
    }

    private void fetchAll(WalkClient client) throws IOException {
        List<Long> counted = model.existing(List.copyOf(client.slots));
        ok(client, client.command("UID FETCH 1:* (UID FLAGS)"));
        told(client, true);
        client.check(client.flags.keySet().containsAll(counted), "not all of " + counted + " were told");
    }

    /** Some messages that the client counts, by chance few or many. */
    private List<Integer> some(WalkClient client) {
        int share = random.nextInt(3) == 0 ? 2 : Math.max(1, client.slots.size() / 2);
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < client.slots.size(); i++) {
            if (random.nextInt(share) == 0) {
                chosen.add(i);
            }
        }
        if (chosen.isEmpty() && !client.slots.isEmpty()) {
            chosen.add(random.nextInt(client.slots.size()));
        }
        return chosen;
    }

    private static List<Long> uids(WalkClient client, List<Integer> slots) {
        return slots.stream().map(client.slots::get).toList();
    }

    private String set(WalkClient client, List<Integer> slots, boolean uid) {
        List<String> numbers = new ArrayList<>(slots.stream()
                .map(slot -> uid ? Long.toString(client.slots.get(slot)) : Integer.toString(slot + 1))
                .toList());
        if (uid && random.nextInt(4) == 0) {
            // What is not there does no harm in a set of UIDs.
            numbers.add(Long.toString(model.uidNext + 1_000));
        }
        return String.join(",", numbers);
    }

    private boolean byUid(WalkClient client) {
        return client.manner.uidsOnly() || random.nextBoolean();
    }

    private Set<String> words() {
        Set<String> words = new TreeSet<>();
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            words.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        return words;
    }

    private void store(WalkClient client) throws IOException {
        List<Integer> slots = some(client);
        if (slots.isEmpty()) {
            return;
        }
        boolean uid = byUid(client);
        boolean silent = random.nextInt(3) == 0;
        boolean conditional = client.manner.tellsModSeqs() && random.nextInt(3) == 0;
        Change change = List.of(Change.values()).get(random.nextInt(3));
        Set<String> words = words();
        List<Long> uids = uids(client, slots);
        long since = conditional ? since(client, uids) : 0;
        String command = (uid ? "UID STORE " : "STORE ") + set(client, slots, uid)
                + (conditional ? " (UNCHANGEDSINCE " + since + ") " : " ")
                + change.word() + (silent ? ".SILENT (" : " (") + String.join(" ", words) + ")";
        if (silent && !conditional) {
            for (long one : uids) {
                client.flags.computeIfPresent(one, (same, before) -> change.apply(before, words));
            }
        }
        String answer =
                client.silently(command, before -> silent && conditional ? change.apply(before, words) : before);
        Set<Long> modified = modified(client, answer, uid);
        // RFC 2180 §4.2.1: who wants to hear nothing is not told of what is gone.
        boolean gone = model.existing(uids).size() < uids.size() && !uid && !silent;
        client.check(answer.startsWith(gone ? "NO [" : "OK"), "step " + step + " answered " + answer);
        model.store(uids.stream().filter(one -> !modified.contains(one)).toList(), change, words);
        for (long one : modified) {
            client.check(
                    client.modSeqs.getOrDefault(one, since + 1) > since, "left alone, but unchanged since: " + one);
        }
        told(client, uid);
    }

    /** A sequence that the client knows of its messages, sometimes an old one. */
    private long since(WalkClient client, List<Long> uids) {
        long newest = uids.stream()
                .mapToLong(uid -> client.modSeqs.getOrDefault(uid, 0L))
                .max()
                .orElse(0);
        return random.nextInt(3) == 0 ? newest / 2 : newest;
    }

    private static Set<Long> modified(WalkClient client, String answer, boolean uid) {
        int at = answer.indexOf("[MODIFIED ");
        if (at < 0) {
            return Set.of();
        }
        String set = answer.substring(at + 10, answer.indexOf(']'));
        return LongStream.of(WalkClient.numbers(set))
                .mapToObj(number -> uid ? Long.valueOf(number) : client.slots.get((int) number - 1))
                .collect(Collectors.toSet());
    }

    private void append(WalkClient client) throws IOException {
        if (model.messages.size() >= MESSAGES_MAX) {
            expunge(client);
            return;
        }
        Set<String> flags = random.nextBoolean() ? Set.of() : words();
        String text = "Subject: step " + step + "\r\n\r\nwalk\r\n";
        String answer = client.command(
                "APPEND " + mailbox + " (" + String.join(" ", flags) + ") {" + text.length() + "+}\r\n" + text);
        long uid = model.append(flags);
        client.check(answer.matches("OK \\[APPENDUID \\d+ " + uid + "].*"), "appended as " + uid + "? " + answer);
        told(client, true);
    }

    private void copy(WalkClient client) throws IOException {
        List<Integer> slots = some(client);
        boolean here = model.messages.size() < MESSAGES_MAX && random.nextInt(3) > 0;
        if (slots.isEmpty()) {
            return;
        }
        boolean uid = byUid(client);
        List<Long> existing = model.existing(uids(client, slots));
        String answer = client.command(
                (uid ? "UID COPY " : "COPY ") + set(client, slots, uid) + " " + (here ? mailbox : other));
        ok(client, answer);
        if (here) {
            copied(client, answer, existing);
        }
        told(client, true);
    }

    /** The model takes the copies in; COPYUID must say the same. */
    private void copied(WalkClient client, String answer, List<Long> existing) {
        long first = model.uidNext;
        existing.forEach(uid -> model.append(model.messages.getOrDefault(uid, Set.of())));
        if (!existing.isEmpty()) {
            client.check(
                    answer.contains(" " + first + (existing.size() > 1 ? ":" + (model.uidNext - 1) : "") + "]"),
                    "copies from " + first + " to " + (model.uidNext - 1) + "? " + answer);
        }
    }

    private void move(WalkClient client) throws IOException {
        List<Integer> slots = some(client);
        if (slots.isEmpty()) {
            return;
        }
        boolean uid = byUid(client);
        boolean here = random.nextInt(3) == 0;
        List<Long> existing = model.existing(uids(client, slots));
        String command = (uid ? "UID MOVE " : "MOVE ") + set(client, slots, uid) + " " + (here ? mailbox : other);
        if (here) {
            existing.forEach(one -> model.append(model.messages.getOrDefault(one, Set.of())));
        }
        existing.forEach(model.messages::remove);
        ok(client, client.command(command));
        told(client, true);
    }

    private void expunge(WalkClient client) throws IOException {
        boolean among = random.nextInt(3) == 0 && !client.slots.isEmpty();
        List<Integer> slots = some(client);
        Set<Long> expunged = among ? Set.copyOf(uids(client, slots)) : Set.copyOf(model.messages.keySet());
        ok(client, client.command(among ? "UID EXPUNGE " + set(client, slots, true) : "EXPUNGE"));
        model.expunge(expunged);
        told(client, true);
    }

    private void fetch(WalkClient client) throws IOException {
        List<Integer> slots = some(client);
        if (slots.isEmpty()) {
            return;
        }
        boolean uid = byUid(client);
        boolean rows = random.nextInt(3) == 0;
        boolean changed = client.manner.tellsModSeqs() && random.nextInt(4) == 0;
        boolean vanished = changed && uid && client.manner.resyncs() && random.nextBoolean();
        Set<Long> counted = new HashSet<>(client.slots);
        boolean gone = rows && !uid && model.existing(uids(client, slots)).size() < slots.size();
        String answer = client.command((uid ? "UID FETCH " : "FETCH ")
                + set(client, slots, uid)
                + (rows ? " (UID FLAGS RFC822.SIZE)" : " (UID FLAGS)")
                + (changed ? " (CHANGEDSINCE " + Math.max(1, client.highestModSeq) : "")
                + (vanished ? " VANISHED" : "")
                + (changed ? ")" : ""));
        client.check(
                answer.startsWith("OK") || gone && answer.startsWith("NO [EXPUNGEISSUED]"),
                "step " + step + ": " + answer);
        client.goneEarlier.forEach(
                one -> client.check(!counted.contains(one), "EARLIER for " + one + ", which was counted"));
        told(client, uid);
    }

    private void search(WalkClient client) throws IOException {
        boolean uid = byUid(client);
        ok(client, client.command((uid ? "UID SEARCH " : "SEARCH ") + (random.nextBoolean() ? "SEEN" : "ALL")));
        told(client, uid);
    }

    /** Leaves the mailbox and comes back, with what is known when the client can use it. */
    private void select(WalkClient client) throws IOException {
        boolean resyncs = client.manner.resyncs() && client.highestModSeq > 0 && random.nextInt(4) > 0;
        long known = client.highestModSeq;
        Map<Long, Set<String>> cache = Map.copyOf(client.flags);
        boolean leaves = random.nextBoolean();
        if (leaves && !client.slots.isEmpty()) {
            ok(client, client.command("UNSELECT"));
        }
        reselect(client, resyncs, known, cache);
    }

    private void close(WalkClient client) throws IOException {
        boolean resyncs = client.manner.resyncs() && client.highestModSeq > 0;
        ok(client, client.command("CLOSE"));
        // The client takes away itself what it believes to be deleted.
        client.flags.values().removeIf(flags -> flags.contains("\\Deleted"));
        model.expunge(Set.copyOf(model.messages.keySet()));
        reselect(client, resyncs, client.highestModSeq, Map.copyOf(client.flags));
    }

    private void reselect(WalkClient client, boolean resyncs, long known, Map<Long, Set<String>> cache)
            throws IOException {
        client.forgetAll();
        if (!resyncs || cache.isEmpty()) {
            ok(client, client.command("SELECT " + mailbox));
            told(client, true);
            fetchAll(client);
            return;
        }
        client.flags.putAll(cache);
        String uids = cache.keySet().stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
        ok(
                client,
                client.command(
                        "SELECT " + mailbox + " (QRESYNC (" + client.uidValidity + " " + known + " " + uids + "))"));
        client.goneEarlier.forEach(client.flags::remove);
        client.check(
                model.messages.keySet().containsAll(client.flags.keySet()),
                "step " + step + ": kept " + client.flags.keySet() + " of " + model.messages.keySet());
        told(client, true);
    }

    @Override
    public void close() {
        clients.forEach(WalkClient::close);
    }
}
