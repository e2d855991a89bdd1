// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/** Plays a transcript: what stands under C: is sent, and the whole exchange must come out as it is written. */
final class Pop3Script {
    static final Pop3Settings SETTINGS =
            new Pop3Settings("mx.demo.test", false, Duration.ofMinutes(10), Duration.ofMinutes(2), 5);

    private static final String FIRST = "Subject: one\n\nline 1\n.\n..two dots\nend\n";
    private static final String SECOND = "Subject: two\n\nbody\n";

    final FakeMaildrops drops = maildrops();
    MemoryConnection connection = new MemoryConnection(true);

    /** How much time goes by before each line. */
    Duration perCommand = Duration.ZERO;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** Two messages, 66 octets. */
    static FakeMaildrops maildrops() {
        return new FakeMaildrops().with(FIRST, SECOND);
    }

    /** A transcript behind a login. */
    static String loggedIn(String rest) {
        return """
                S: +OK mx.demo.test POP3 ready
                C: USER alice@demo.test
                S: +OK send PASS
                C: PASS tanstaaf l
                S: +OK 2 messages, 66 octets
                """ + rest;
    }

    void plays(String transcript) {
        plays(transcript, SETTINGS);
    }

    void plays(String transcript, Pop3Settings settings) {
        Arrays.stream(transcript.split("\n"))
                .filter(line -> line.startsWith("C: "))
                .forEach(line -> connection.packet((line.substring(3) + "\r\n").getBytes(StandardCharsets.UTF_8)));
        run(settings);
        assertThat(connection.log()).isEqualTo(transcript);
    }

    /** Runs a session with what the connection already has. */
    void run() {
        run(SETTINGS);
    }

    private void run(Pop3Settings settings) {
        connection.beforeLine = () -> now = now.plus(perCommand);
        play(connection, drops, settings, () -> now);
    }

    static void play(MemoryConnection connection, FakeMaildrops drops, Pop3Settings settings, InstantSource clock) {
        try {
            new Pop3Session(connection, drops, settings, clock).run();
        } catch (IOException gone) {
            // the script is at its end, which is a client that goes away
        }
    }
}
