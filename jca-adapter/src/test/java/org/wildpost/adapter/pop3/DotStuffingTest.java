// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multi-line replies of RFC 1939 §3 and the cut of TOP (§7). */
class DotStuffingTest {
    @ParameterizedTest
    @CsvSource({
        "a~b~, a~b~.~",
        "'', .~",
        "., ..~.~",
        ".~, ..~.~",
        "..~, ...~.~",
        "a~.~b~, a~..~b~.~",
        "a.~, a.~.~",
        "no end, no end~.~",
        "cr at end^, cr at end~.~",
        "bare_.~x, bare~..~x~.~",
        "bare cr^.~, bare cr^.~.~",
    })
    void stuffsDotsAndEndsWithOne(String message, String expected) throws IOException {
        assertThat(send(octets(message), 1000, Long.MAX_VALUE)).isEqualTo(string(expected));
        assertThat(send(octets(message), 1, Long.MAX_VALUE)).isEqualTo(string(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "h: 1~~one~two~three~, 0, h: 1~~.~",
        "h: 1~~one~two~three~, 1, h: 1~~one~.~",
        "h: 1~~one~two~three~, 2, h: 1~~one~two~.~",
        "h: 1~~one~two~three~, 99, h: 1~~one~two~three~.~",
        "h: 1~~~~three~, 1, h: 1~~~.~",
        "h: 1~~.one~.two~, 1, h: 1~~..one~.~",
        "h: 1~h: 2~, 0, h: 1~h: 2~.~",
        "~body~, 0, ~.~",
        "h: 1~~half, 1, h: 1~~half~.~",
    })
    void cutsTheBody(String message, int lines, String expected) throws IOException {
        assertThat(send(octets(message), 1000, lines)).isEqualTo(string(expected));
        assertThat(send(octets(message), 1, lines)).isEqualTo(string(expected));
    }

    @Property
    void whatAClientUnstuffsIsTheMessage(
            @ForAll("messages") String message, @ForAll @IntRange(min = 1, max = 9) int slice) throws IOException {
        String wire = send(message.getBytes(StandardCharsets.US_ASCII), slice, Long.MAX_VALUE);

        assertThat(wire).endsWith(".\r\n");
        assertThat(wire.substring(0, wire.length() - 3))
                .doesNotContain("\r\n.\r\n")
                .doesNotStartWith(".\r\n");
        String unstuffed = wire.substring(0, wire.length() - 3).replaceAll("(?<=^|\r\n)\\.", "");
        assertThat(unstuffed).isEqualTo(message.endsWith("\r\n") || message.isEmpty() ? message : message + "\r\n");
    }

    @Provide
    Arbitrary<String> messages() {
        return Arbitraries.of(".", "..", "\r\n", "a", "\r\n.", ".\r\n", "b c")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    private static String send(byte[] message, int slice, long lines) throws IOException {
        MemoryConnection connection = new MemoryConnection(true);
        DotStuffing out = new DotStuffing(connection, lines);
        boolean more = true;
        for (int from = 0; from < message.length && more; from += slice) {
            more = out.write(java.util.Arrays.copyOfRange(message, from, Math.min(message.length, from + slice)));
        }
        out.end();
        return new String(connection.sent(), StandardCharsets.US_ASCII);
    }

    private static byte[] octets(String text) {
        return string(text).getBytes(StandardCharsets.US_ASCII);
    }

    /** {@code ~} is CRLF, {@code _} a bare LF, {@code ^} a bare CR. */
    private static String string(String text) {
        return text.replace("~", "\r\n").replace('_', '\n').replace('^', '\r');
    }
}
