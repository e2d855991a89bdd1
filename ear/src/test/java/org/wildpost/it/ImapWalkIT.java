// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.wildpost.core.walk.MailboxStorm;
import org.wildpost.core.walk.MailboxWalk;
import org.wildpost.core.walk.Wire;

/**
 * Twenty sessions over TLS on one mailbox of the whole server (RFC 9051 §5.2, RFC 7162, RFC 9586): what each knows is checked against a model after each
 * answer. The seed stands in the failure; {@code -Dwildpost.walk.seed=N} walks it again.
 */
@ExtendWith(DemoServer.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ImapWalkIT {
    private static final String USER = "bob@demo.test";
    private static final int SESSIONS = 20;
    private static final int STEPS_AT_ONCE = 50;
    private static final int STEPS_AT_MOST = 3_000;
    private static final Duration WALK = Duration.ofSeconds(15);
    private static final Duration STORM = Duration.ofSeconds(4);

    private record TlsWire(ImapWire session) implements Wire {
        @Override
        public void send(String octets) throws IOException {
            session.send(octets);
        }

        @Override
        public String line() throws IOException {
            return session.line();
        }

        @Override
        public void close() {
            try {
                session.close();
            } catch (IOException gone) {
                // It is over anyhow.
            }
        }
    }

    private static String mailbox(Instance server) throws IOException {
        try (ImapWire session = new ImapWire(server, USER)) {
            String name = "walk-" + UUID.randomUUID();
            session.command("CREATE " + name);
            session.command("CREATE " + name + "/elsewhere");
            return name;
        }
    }

    @Test
    void everyClientKnowsWhatThereIs(Instance server) throws IOException {
        long seed = seed();
        String mailbox = mailbox(server);
        int steps = 0;
        try (MailboxWalk walk = new MailboxWalk(
                mailbox, mailbox + "/elsewhere", () -> new TlsWire(new ImapWire(server, USER)), SESSIONS, seed)) {
            long end = System.nanoTime() + WALK.toNanos();
            while (steps < STEPS_AT_MOST && System.nanoTime() < end) {
                walk.go(STEPS_AT_ONCE);
                steps += STEPS_AT_ONCE;
            }
            walk.rest();
        } catch (AssertionError | IOException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
        System.out.println("walk: seed " + seed + ", " + SESSIONS + " sessions, " + steps + " steps");
    }

    @Test
    void everyClientBelievesTheSameAfterAStorm(Instance server) throws IOException {
        long seed = seed();
        String mailbox = mailbox(server);
        try (MailboxStorm storm = new MailboxStorm(
                mailbox, mailbox + "/elsewhere", () -> new TlsWire(new ImapWire(server, USER)), SESSIONS, seed)) {
            storm.blow(STORM);
            System.out.println(
                    "storm: seed " + seed + ", " + SESSIONS + " sessions, " + storm.commands() + " commands");
        } catch (AssertionError | IOException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    /** Another one each day, and the one that is asked for. */
    private static long seed() {
        return Long.getLong(
                "wildpost.walk.seed",
                System.currentTimeMillis() / Duration.ofDays(1).toMillis());
    }
}
