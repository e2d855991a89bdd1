// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The conversations of one account, as far as they are looked at: gives each message its own, by the messages that it refers to, failing that by its
 * subject. Who asks again about a message gets the same answer, whatever came in between. For one thread.
 */
public final class ThreadBook {
    /** How far apart two messages may be that only a subject joins: a monthly report is not a conversation. */
    public static final Duration SAME_SUBJECT = Duration.ofDays(30);

    /**
     * What is known of a key.
     *
     * @param seen the internal date of the latest message with it
     */
    public record Entry(long thread, Instant seen) {}

    private final Map<Long, Entry> entries;
    private final Map<Long, Entry> changed = new LinkedHashMap<>();

    /** @param entries what is known of the keys of all messages that will be asked about */
    public ThreadBook(Map<Long, Entry> entries) {
        this.entries = new HashMap<>(entries);
    }

    /** The conversation of a message; a new one has its EMAILID. */
    public long assign(ThreadKeys keys, long emailId, Instant internalDate) {
        Optional<Long> known = known(keys.own());
        for (long parent : keys.parents()) {
            known = known.isPresent() ? known : known(parent);
        }
        long thread = known.or(() -> bySubject(keys, internalDate)).orElse(emailId);
        note(keys.own(), thread, internalDate);
        keys.parents().forEach(parent -> note(parent, thread, internalDate));
        keys.subject().ifPresent(subject -> subject(subject, thread, internalDate));
        return thread;
    }

    /** What must be kept: the entries that are new or were changed. */
    public Map<Long, Entry> changed() {
        return Map.copyOf(changed);
    }

    private Optional<Long> known(long key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::thread);
    }

    private Optional<Long> bySubject(ThreadKeys keys, Instant date) {
        if (keys.subject().isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(entries.get(keys.subject().getAsLong()))
                .filter(entry -> Duration.between(entry.seen(), date).abs().compareTo(SAME_SUBJECT) <= 0)
                .map(Entry::thread);
    }

    /** A message belongs to one conversation for ever. */
    private void note(long key, long thread, Instant date) {
        if (!entries.containsKey(key)) {
            put(key, new Entry(thread, date));
        }
    }

    /** A subject belongs to the latest conversation about it. */
    private void subject(long key, long thread, Instant date) {
        Entry before = entries.get(key);
        if (before == null || before.seen().isBefore(date)) {
            put(key, new Entry(thread, date));
        }
    }

    private void put(long key, Entry entry) {
        entries.put(key, entry);
        changed.put(key, entry);
    }
}
