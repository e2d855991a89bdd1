// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a server says and whenever: each recipient gets a fate, and nobody's mail counts as taken unless the message was ended and a 2yz followed. */
class TransportFuzzTest {
    private static final List<String> WORDS = List.of(
            "220 hello\r\n",
            "250 ok\r\n",
            "250-mx\r\n250-PIPELINING\r\n250 DSN\r\n",
            "250-mx\r\n250-SIZE 5\r\n250 SMTPUTF8\r\n",
            "250-",
            "354 go\r\n",
            "421 bye\r\n",
            "450 later\r\n",
            "452 4.5.3 too many\r\n",
            "550 5.1.1 no\r\n",
            "554 no\r\n",
            "\r\n",
            "2",
            "\n",
            "\0");

    private static final AtomicReference<List<byte[]>> TALK = new AtomicReference<>(List.of());
    private static final AtomicReference<Boolean> ENDED = new AtomicReference<>(false);
    private static ScriptedServer server;

    @BeforeContainer
    static void listen() throws IOException {
        server = ScriptedServer.playing(TransportFuzzTest::play);
    }

    @AfterContainer
    static void stop() throws IOException {
        server.close();
        assertThat(server.faults()).isEmpty();
    }

    /** Says the next piece after each line of the client, or right away when the piece before was no full reply. */
    private static void play(ScriptedServer.Peer client) throws IOException {
        for (byte[] piece : TALK.get()) {
            String text = new String(piece, StandardCharsets.ISO_8859_1);
            client.raw(text);
            if (text.startsWith("354")) {
                client.message();
                ENDED.set(true);
            } else if (text.endsWith("\r\n")) {
                client.line();
            }
        }
    }

    @Provide
    Arbitrary<List<byte[]>> talks() {
        Arbitrary<byte[]> words = Arbitraries.of(WORDS).map(word -> word.getBytes(StandardCharsets.ISO_8859_1));
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
        return Arbitraries.frequencyOf(Tuple.of(12, words), Tuple.of(1, noise))
                .list()
                .ofMaxSize(14)
                .map(list -> {
                    List<byte[]> talk = new ArrayList<>();
                    talk.add(WORDS.get(0).getBytes(StandardCharsets.ISO_8859_1));
                    talk.add(WORDS.get(2).getBytes(StandardCharsets.ISO_8859_1));
                    talk.addAll(list);
                    return talk;
                });
    }

    @Property(tries = 400)
    void everyRecipientGetsAFate(@ForAll("talks") List<byte[]> talk) {
        TALK.set(talk);
        ENDED.set(false);
        TransportSettings settings = TransportSettings.DEFAULTS.withShipment(Duration.ofMillis(200));
        try (Caller caller = new Caller(settings)) {
            switch (caller.connect(server, Caller.call(server))) {
                case Connector.Outcome.Failed(Fate fate) ->
                    assertThat(fate.text()).isNotBlank();
                case Connector.Outcome.Ready(SmtpConnection connection) -> {
                    List<Fate> fates =
                            caller.send(connection, Caller.mailing("a@example.org", "b@example.org", "c@example.org"));
                    assertThat(fates).hasSize(3).doesNotContainNull();
                    if (fates.stream().anyMatch(Fate.Taken.class::isInstance)) {
                        assertThat(ENDED.get()).isTrue();
                    }
                }
            }
        }
    }
}
