// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.ejb.identity.Recent;
import org.wildpost.ejb.identity.Resolution;

/**
 * What addresses were found to be when a client named them, for the message that it sends right behind: that question is not put to the database twice. Each
 * answer serves one message of the same session. Safe for all threads.
 */
final class Answers {
    /** How long an answer is believed; who needs longer for a message is looked up again. */
    static final Duration BELIEVED = Duration.ofSeconds(10);

    /** Answers that are kept at once. */
    static final int MAX_KEPT = 10_000;

    private final Recent<Question, Answer> kept = new Recent<>(MAX_KEPT);
    private final InstantSource clock;

    private record Question(String session, EmailAddress address) {}

    private record Answer(Resolution resolution, Instant until) {}

    Answers(InstantSource clock) {
        this.clock = clock;
    }

    /** Keeps answers for the session's next message. */
    void keep(String session, Map<EmailAddress, Resolution> answers) {
        Instant until = clock.instant().plus(BELIEVED);
        answers.forEach(
                (address, resolution) -> kept.put(new Question(session, address), new Answer(resolution, until)));
    }

    /** Takes what was kept for these addresses, and asks for the others. */
    Map<EmailAddress, Resolution> take(
            String session,
            Collection<EmailAddress> addresses,
            Function<Collection<EmailAddress>, Map<EmailAddress, Resolution>> directory) {
        Instant now = clock.instant();
        Map<EmailAddress, Resolution> found = new LinkedHashMap<>();
        List<EmailAddress> unknown = new ArrayList<>();
        for (EmailAddress address : addresses) {
            Question question = new Question(session, address);
            Answer answer = kept.get(question);
            if (answer == null) {
                unknown.add(address);
                continue;
            }
            kept.remove(question);
            if (answer.until().isAfter(now)) {
                found.put(address, answer.resolution());
            } else {
                unknown.add(address);
            }
        }
        if (!unknown.isEmpty()) {
            found.putAll(directory.apply(unknown));
        }
        return found;
    }
}
