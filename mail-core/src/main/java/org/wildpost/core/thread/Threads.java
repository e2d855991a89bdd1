// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts messages together into threads (RFC 5256 §3 THREAD). Stateless. */
public final class Threads {
    /** Of two messages with one sent date the one that stands first in the mailbox is first (RFC 5256 §2.2). */
    static final Comparator<ThreadInput> BY_DATE =
            Comparator.comparingLong(ThreadInput::sent).thenComparingLong(ThreadInput::uid);

    private Threads() {}

    /** Threads of messages that come in ascending order of UID. */
    public static ThreadForest of(ThreadAlgorithm algorithm, List<ThreadInput> messages) {
        return switch (algorithm) {
            case ORDEREDSUBJECT -> orderedSubject(messages);
            case REFERENCES -> new ReferenceThreads(messages).forest();
        };
    }

    /** The first message of a subject is the root, the others are its children. */
    private static ThreadForest orderedSubject(List<ThreadInput> messages) {
        Map<String, List<ThreadInput>> bySubject = new HashMap<>();
        for (ThreadInput message : messages) {
            bySubject
                    .computeIfAbsent(message.baseSubject(), subject -> new ArrayList<>())
                    .add(message);
        }
        List<List<ThreadInput>> threads = new ArrayList<>(bySubject.values());
        threads.forEach(thread -> thread.sort(BY_DATE));
        threads.sort(Comparator.comparing(List::getFirst, BY_DATE));
        ThreadForest.Builder forest = new ThreadForest.Builder(messages.size());
        for (List<ThreadInput> thread : threads) {
            for (int i = 0; i < thread.size(); i++) {
                forest.add(thread.get(i).uid(), i == 0 ? 0 : 1);
            }
        }
        return forest.build();
    }
}
