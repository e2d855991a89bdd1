// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.walk;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * One client that believes what it is told, and nothing else: messages by sequence number, and of each the UID, the flags and the MODSEQ once it heard of
 * them. What a server must not say ends it with an error. For one thread.
 */
final class WalkClient implements AutoCloseable {
    /** A message that was counted and not yet named. */
    static final long UNKNOWN = 0;

    private static final int REMEMBERED_LINES = 60;
    private static final Pattern FETCH = Pattern.compile("\\* (\\d+) (UID)?FETCH \\((.*)\\)");
    private static final Pattern UID = Pattern.compile("\\bUID (\\d+)");
    private static final Pattern FLAGS = Pattern.compile("\\bFLAGS \\(([^)]*)\\)");
    private static final Pattern MODSEQ = Pattern.compile("\\bMODSEQ \\((\\d+)\\)");
    private static final Pattern COUNT = Pattern.compile("\\* (\\d+) (EXISTS|RECENT|EXPUNGE)");
    private static final Pattern HIGHEST = Pattern.compile("\\[HIGHESTMODSEQ (\\d+)]");
    private static final Pattern VALIDITY = Pattern.compile("\\[UIDVALIDITY (\\d+)]");
    private static final Pattern VANISHED = Pattern.compile("\\* VANISHED (\\(EARLIER\\) )?([0-9:,]+)");

    final String name;
    final Manner manner;
    final List<Long> slots = new ArrayList<>();
    final Map<Long, Set<String>> flags = new HashMap<>();
    final Map<Long, Long> modSeqs = new HashMap<>();

    /** Up to which the server said that everything is told. */
    long highestModSeq;

    long uidValidity;
    boolean idling;

    private final Wire wire;
    private final Deque<String> talk = new ArrayDeque<>();
    private int commands;
    private boolean expungesForbidden;

    /** What is done to a message's flags when the server says that a silent change was made to it. */
    private UnaryOperator<Set<String>> silently = UnaryOperator.identity();

    /** UIDs that VANISHED (EARLIER) named in the last answer. */
    final Set<Long> goneEarlier = new TreeSet<>();

    WalkClient(String name, Manner manner, Wire wire) {
        this.name = name;
        this.manner = manner;
        this.wire = wire;
    }

    /** Sends a command and takes the answer in; gives the tagged line without its tag. */
    String command(String command) throws IOException {
        begin(command);
        return answer("t" + commands + " ");
    }

    /** Sends a command whose successful lines without flags mean a change that the client makes itself. */
    String silently(String command, UnaryOperator<Set<String>> change) throws IOException {
        silently = change;
        try {
            return command(command);
        } finally {
            silently = UnaryOperator.identity();
        }
    }

    private void begin(String command) throws IOException {
        String[] words = command.split(" ", 2);
        // RFC 9051 §7.5.1, RFC 7162 §3.2.10.2: not while sequence numbers are in use.
        expungesForbidden = Set.of("FETCH", "STORE", "SEARCH").contains(words[0]);
        goneEarlier.clear();
        commands++;
        say("C: " + command);
        wire.send("t" + commands + " " + command + "\r\n");
    }

    void idle() throws IOException {
        begin("IDLE");
        String line = hear();
        check(line.startsWith("+ "), "no continuation: " + line);
        idling = true;
    }

    String done() throws IOException {
        say("C: DONE");
        wire.send("DONE\r\n");
        idling = false;
        return answer("t" + commands + " ");
    }

    private String answer(String tag) throws IOException {
        while (true) {
            String line = hear();
            if (line.startsWith(tag)) {
                highest(line);
                return line.substring(tag.length());
            }
            untagged(line);
        }
    }

    private void untagged(String line) {
        Matcher count = COUNT.matcher(line);
        Matcher fetch = FETCH.matcher(line);
        Matcher vanished = VANISHED.matcher(line);
        if (count.matches()) {
            int number = Integer.parseInt(count.group(1));
            switch (count.group(2)) {
                case "EXISTS" -> exists(number);
                case "EXPUNGE" -> expunge(number);
                default -> check(number <= slots.size(), "more are recent than there are");
            }
        } else if (fetch.matches()) {
            check((fetch.group(2) != null) == manner.uidsOnly(), "this is the other kind of FETCH: " + line);
            fetched(Long.parseLong(fetch.group(1)), fetch.group(3));
        } else if (vanished.matches()) {
            vanished(vanished.group(1) != null, numbers(vanished.group(2)));
        } else {
            check(line.startsWith("* ") && !line.startsWith("* BYE"), "what is this: " + line);
            highest(line);
            Matcher validity = VALIDITY.matcher(line);
            if (validity.find()) {
                uidValidity = Long.parseLong(validity.group(1));
            }
        }
    }

    private void highest(String line) {
        Matcher highest = HIGHEST.matcher(line);
        if (highest.find()) {
            long modSeq = Long.parseLong(highest.group(1));
            check(modSeq >= highestModSeq, "HIGHESTMODSEQ went down");
            highestModSeq = modSeq;
        }
    }

    private void exists(int count) {
        check(count >= slots.size(), "EXISTS takes messages away");
        while (slots.size() < count) {
            slots.add(UNKNOWN);
        }
    }

    private void expunge(int number) {
        check(!manner.vanishes(), "EXPUNGE for a client that asked for VANISHED");
        check(!expungesForbidden, "EXPUNGE while sequence numbers are in use");
        check(number >= 1 && number <= slots.size(), "EXPUNGE of what is not there");
        forget(slots.remove(number - 1));
    }

    private void vanished(boolean earlier, long[] uids) {
        check(manner.vanishes(), "VANISHED for a client that did not ask");
        if (earlier) {
            Arrays.stream(uids).forEach(goneEarlier::add);
            return;
        }
        check(!expungesForbidden, "VANISHED while sequence numbers are in use");
        for (long uid : uids) {
            boolean known = slots.remove(uid) || (manner.uidsOnly() ? slots.remove(UNKNOWN) : removeUnnamed(uid));
            check(known, "VANISHED of " + uid + ", which is not there");
            forget(uid);
        }
    }

    /** One that was only counted and stands between smaller and greater UIDs; any of those there is as good as another. */
    private boolean removeUnnamed(long uid) {
        int candidate = -1;
        for (int i = 0; i < slots.size(); i++) {
            long there = slots.get(i);
            if (there == UNKNOWN) {
                candidate = i;
            } else if (there < uid) {
                candidate = -1;
            } else {
                break;
            }
        }
        if (candidate >= 0) {
            slots.remove(candidate);
        }
        return candidate >= 0;
    }

    private void forget(long uid) {
        flags.remove(uid);
        modSeqs.remove(uid);
    }

    private void fetched(long number, String items) {
        Matcher uidItem = UID.matcher(items);
        long uid = uidItem.find() ? Long.parseLong(uidItem.group(1)) : UNKNOWN;
        if (manner.uidsOnly()) {
            check(uid == UNKNOWN || uid == number, "two UIDs in one line");
            uid = number;
            namedAlone(uid);
        } else {
            check(number >= 1 && number <= slots.size(), "FETCH of a number that is not there");
            uid = named((int) number - 1, uid);
        }
        Matcher flagItem = FLAGS.matcher(items);
        if (flagItem.find()) {
            check(uid != UNKNOWN, "flags of a message without a UID");
            flags.put(uid, set(flagItem.group(1)));
        } else if (flags.containsKey(uid)) {
            flags.computeIfPresent(uid, (same, before) -> silently.apply(before));
        }
        Matcher modSeq = MODSEQ.matcher(items);
        if (modSeq.find()) {
            long value = Long.parseLong(modSeq.group(1));
            check(value >= modSeqs.getOrDefault(uid, 0L), "the MODSEQ of " + uid + " went down");
            modSeqs.put(uid, value);
        }
    }

    /** A message's UID as it is known, or as it is named now. */
    private long named(int slot, long uid) {
        long known = slots.get(slot);
        check(
                uid == UNKNOWN || known == UNKNOWN || uid == known,
                "message " + (slot + 1) + " is " + known + ", not " + uid);
        if (known == UNKNOWN && uid != UNKNOWN) {
            check(slot == 0 || slots.get(slot - 1) < uid, "UIDs do not ascend");
            slots.set(slot, uid);
        }
        return known == UNKNOWN ? uid : known;
    }

    /** Without sequence numbers any message that was only counted may be the one. */
    private void namedAlone(long uid) {
        if (!slots.contains(uid)) {
            int unknown = slots.indexOf(UNKNOWN);
            check(unknown >= 0, "UIDFETCH of " + uid + ", which was not counted");
            slots.set(unknown, uid);
        }
    }

    /** Messages that were named, ascending. */
    List<Long> known() {
        return slots.stream().filter(uid -> uid != UNKNOWN).sorted().toList();
    }

    /** Begins anew, as after SELECT. */
    void forgetAll() {
        slots.clear();
        flags.clear();
        modSeqs.clear();
        highestModSeq = 0;
    }

    void check(boolean right, String what) {
        if (!right) {
            throw new AssertionError(
                    name + " (" + manner + "): " + what + "\nit counts " + slots + "\n" + String.join("\n", talk));
        }
    }

    private String hear() throws IOException {
        String line;
        try {
            line = wire.line();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + String.join("\n", talk), e);
        }
        say("S: " + line);
        return line;
    }

    private void say(String line) {
        talk.add(line);
        if (talk.size() > REMEMBERED_LINES) {
            talk.remove();
        }
    }

    private static Set<String> set(String words) {
        Set<String> set = new TreeSet<>(List.of(words.split(" ")));
        set.remove("");
        set.remove("\\Recent");
        return set;
    }

    /** The numbers of a set. */
    static long[] numbers(String set) {
        return Arrays.stream(set.split(","))
                .flatMapToLong(range -> {
                    String[] ends = range.split(":");
                    return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
                })
                .toArray();
    }

    @Override
    public void close() {
        wire.close();
    }
}
