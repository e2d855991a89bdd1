// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.walk.MailboxStorm;
import org.wildpost.core.walk.MailboxWalk;
import org.wildpost.core.walk.Wire;

/**
 * Twenty sessions on one mailbox (RFC 9051 §5.2, RFC 7162, RFC 9586): what each knows is checked after each answer. The seed of a failure stands in its name;
 * {@code -Dwildpost.walk.seed=N} walks another.
 */
class MailboxWalkTest {
    private static final int SESSIONS = 20;
    private static final int STEPS = 1_200;

    private record SessionWire(LiveSession session) implements Wire {
        @Override
        public void send(String octets) {
            session.connection.send(octets);
        }

        @Override
        public String line() {
            return session.connection.nextLine();
        }

        @Override
        public void close() {
            session.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 1083})
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void everyClientKnowsWhatThereIs(long number) throws IOException {
        long seed = Long.getLong("wildpost.walk.seed", number);
        MemoryMail mail = new MemoryMail(PlainIndex::of);
        try (MailboxWalk walk = new MailboxWalk(
                "INBOX", "Archive", () -> new SessionWire(LiveSession.loggedIn(mail)), SESSIONS, seed)) {
            walk.go(STEPS);
            walk.rest();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void everyClientBelievesTheSameAfterAStorm(long number) throws IOException {
        long seed = Long.getLong("wildpost.walk.seed", number);
        MemoryMail mail = new MemoryMail(PlainIndex::of);
        try (MailboxStorm storm = new MailboxStorm(
                "INBOX", "Archive", () -> new SessionWire(LiveSession.loggedIn(mail)), SESSIONS, seed)) {
            storm.blow(Duration.ofMillis(1_500));
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }
}
