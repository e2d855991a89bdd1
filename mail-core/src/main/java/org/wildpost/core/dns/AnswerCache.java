// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Record;

/**
 * Answers for as long as they are good. A question that is being asked is not asked twice at once; what was used longest ago makes room. Safe for all
 * threads.
 */
final class AnswerCache {
    /** Answers that are kept at most. */
    static final int MAX_ENTRIES = 20_000;

    /** How long a failure is kept, so that a burst of mail does not become a burst of questions (RFC 9520 §3.2). */
    static final Duration FAILURE = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Map<DnsQuestion, Kept> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<DnsQuestion, Kept> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    /**
     * An answer and the seconds that it is good for.
     *
     * @param answer the time to live in it is not used
     */
    record Fresh(DnsAnswer<Record> answer, long ttl) {}

    private static final class Kept {
        private final CompletableFuture<Fresh> future;
        private @Nullable Instant until;

        Kept(CompletableFuture<Fresh> future) {
            this.future = future;
        }
    }

    AnswerCache(InstantSource clock) {
        this.clock = clock;
    }

    /** The answer: kept, on its way, or asked for now. The future never fails. */
    CompletableFuture<DnsAnswer<Record>> ask(DnsQuestion question, Supplier<CompletableFuture<Fresh>> ask) {
        Kept entry;
        synchronized (this) {
            Kept known = entries.get(question);
            if (known != null && (known.until == null || clock.instant().isBefore(known.until))) {
                return known.future.thenApply(fresh -> aged(fresh, known));
            }
            entry = new Kept(new CompletableFuture<>());
            entries.put(question, entry);
        }
        return ask.get()
                .exceptionally(fault -> new Fresh(new DnsAnswer.Failed<>(String.valueOf(fault.getMessage())), 0))
                .thenApply(fresh -> keep(question, entry, fresh));
    }

    /** Keeps what another question told by the way. */
    synchronized void learn(DnsQuestion question, DnsAnswer<Record> answer, long ttl) {
        if (ttl > 0 && !entries.containsKey(question)) {
            Kept kept = new Kept(CompletableFuture.completedFuture(new Fresh(answer, ttl)));
            kept.until = clock.instant().plusSeconds(ttl);
            entries.put(question, kept);
        }
    }

    private DnsAnswer<Record> keep(DnsQuestion question, Kept entry, Fresh fresh) {
        long seconds = fresh.answer() instanceof DnsAnswer.Failed<Record> ? FAILURE.toSeconds() : fresh.ttl();
        synchronized (this) {
            entry.until = clock.instant().plusSeconds(seconds);
            if (seconds == 0) {
                entries.remove(question, entry);
            }
        }
        entry.future.complete(fresh);
        return fresh.answer();
    }

    private synchronized DnsAnswer<Record> aged(Fresh fresh, Kept entry) {
        if (fresh.answer() instanceof DnsAnswer.Found<Record> found && entry.until != null) {
            long left =
                    Math.max(0, Duration.between(clock.instant(), entry.until).toSeconds());
            return new DnsAnswer.Found<>(found.records(), found.secure(), left);
        }
        return fresh.answer();
    }
}
