// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5321 §4.5.2, and nothing that a lenient server could take for an end (§2.3.8). */
class DotStuffingTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``, .RN",
                "a, aRN.RN",
                "aRN, aRN.RN",
                "., ..RN.RN",
                ".a, ..aRN.RN",
                "a.b, a.bRN.RN",
                "aRN.RNb, aRN..RNbRN.RN",
                "aRN..bRN, aRN...bRN.RN",
                "aNb, a bRN.RN",
                "aRb, a bRN.RN",
                "aN.N, a . RN.RN",
                "aR.R, a . RN.RN",
                "aRN.N, aRN.. RN.RN",
                "aRN.R, aRN.. RN.RN",
                "aRRNb, a RNbRN.RN",
                "NN, `  RN.RN`",
                "aR, a RN.RN",
                "RN, RN.RN"
            })
    void writesWhatDataWants(String message, String wire) throws IOException {
        for (int chunk = 1; chunk <= Math.max(1, message.length()); chunk++) {
            assertThat(stuffed(octets(message), chunk)).isEqualTo(octets(wire));
        }
    }

    private static byte[] octets(String text) {
        return text.replace('R', '\r').replace('N', '\n').getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] stuffed(byte[] message, int chunk) throws IOException {
        FakeSocket socket = new FakeSocket(new byte[0]);
        try (Watchdog watchdog = new Watchdog();
                Wire wire = FakeSocket.wire(socket, watchdog)) {
            DotStuffing stuffing = new DotStuffing(wire);
            for (int i = 0; i < message.length; i += chunk) {
                byte[] part = Arrays.copyOfRange(message, i, Math.min(message.length, i + chunk));
                stuffing.write(part, part.length);
            }
            stuffing.finish();
            wire.flush();
        }
        return socket.written();
    }

    @Provide
    Arbitrary<byte[]> messages() {
        return Arbitraries.of(List.of("\r\n", "\r", "\n", ".", "..", "a", "\r\n.\r\n", "\n.\n", "\r.\r", "\0", "xyz"))
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Property(tries = 500)
    void endsOnceAndKeepsEveryLine(@ForAll("messages") byte[] message, @ForAll byte seed) throws IOException {
        String wire = new String(stuffed(message, 1 + Math.floorMod(seed, 50)), StandardCharsets.ISO_8859_1);

        assertThat(wire.replace("\r\n", "")).as("no CR or LF stands alone").doesNotContain("\r", "\n");
        assertThat(("\r\n" + wire).indexOf("\r\n.\r\n")).as("the one end").isEqualTo(wire.length() - 3);
        String back = ("\r\n" + wire.substring(0, wire.length() - 3))
                .replace("\r\n.", "\r\n")
                .substring(2);
        String sane = new String(message, StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\uffff")
                .replace('\r', ' ')
                .replace('\n', ' ')
                .replace("\uffff", "\r\n");
        assertThat(back).isEqualTo(sane.isEmpty() || sane.endsWith("\r\n") ? sane : sane + "\r\n");
    }
}
