// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5321 §4.2, RFC 2034, RFC 3463. */
class ReplyReaderTest {
    private static Reply read(String octets) throws IOException {
        return read(octets.getBytes(StandardCharsets.UTF_8)).getFirst();
    }

    private static List<Reply> read(byte[] octets) throws IOException {
        List<Reply> replies = new ArrayList<>();
        try (Watchdog watchdog = new Watchdog();
                Wire wire = FakeSocket.wire(new FakeSocket(octets), watchdog)) {
            ReplyReader reader = new ReplyReader(wire);
            do {
                replies.add(reader.read(Stage.MAIL));
            } while (wire.inputWaiting());
        }
        return replies;
    }

    @Test
    void readsReplies() throws IOException {
        assertThat(read("250 ok\r\n")).isEqualTo(new Reply(250, List.of("ok")));
        assertThat(read("250\r\n")).isEqualTo(new Reply(250, List.of("")));
        assertThat(read("250 \r\n")).isEqualTo(new Reply(250, List.of("")));
        assertThat(read("250-a\r\n250-b c\r\n250 d\r\n")).isEqualTo(new Reply(250, List.of("a", "b c", "d")));
        assertThat(read("250-a\n250 b\n")).as("LF alone").isEqualTo(new Reply(250, List.of("a", "b")));
        assertThat(read("250 grüß Gott\r\n")).isEqualTo(new Reply(250, List.of("grüß Gott")));
    }

    @ParameterizedTest
    @CsvSource({"'',0", "2,1", "25,2", "150 x,0", "650 x,0", "2a0 x,1", "250:x,3", "250_x,3"})
    void saysWhereALineIsNone(String line, int offset) {
        assertThatThrownBy(() -> ReplyParser.parse(line))
                .isInstanceOfSatisfying(
                        ReplyParser.SyntaxException.class,
                        e -> assertThat(e.offset()).isEqualTo(offset));
    }

    @ParameterizedTest
    @CsvSource({
        "250 2.1.5 ok, 2.1.5",
        "550 5.7.509 rejected, 5.7.509",
        "452 4.5.3, 4.5.3",
        "550 4.2.2 contradicts itself, 5.0.0",
        "550 5.1.1234 no such thing, 5.0.0",
        "550 5.1.1x, 5.0.0",
        "250 ok, 2.0.0",
        "421 bye, 4.3.2",
        "450 busy, 4.2.0",
        "451 broken, 4.3.0",
        "452 full, 4.3.1",
        "455 no, 4.5.4",
        "499 what, 4.0.0",
        "500 what, 5.5.2",
        "501 what, 5.5.4",
        "502 what, 5.5.1",
        "503 what, 5.5.1",
        "504 what, 5.5.4",
        "521 no mail here, 5.3.2",
        "550 no, 5.0.0",
        "551 moved, 5.1.6",
        "552 big, 5.3.4",
        "553 strange, 5.1.3",
        "554 no, 5.0.0",
        "555 what, 5.5.4",
        "556 null MX, 5.1.10"
    })
    void findsOrDerivesTheEnhancedCode(String reply, String status) throws IOException {
        assertThat(read(reply + "\r\n").status()).isEqualTo(status);
    }

    @Test
    void makesOneCleanLineOfAnyText() throws IOException {
        assertThat(read("550-5.1.1 a\tb\r\n550 5.1.1 \u001b[1mc\u202ed\u2028e\r\n")
                        .text())
                .isEqualTo("550 5.1.1 a b 5.1.1 ?[1mc?d?e");
        assertThat(read("550 " + "x".repeat(1500) + "\r\n").text()).hasSize(OneLine.MAX);
    }

    @Provide
    Arbitrary<Reply> replies() {
        Arbitrary<String> texts =
                Arbitraries.strings().withChars("abc 5.1-ü€\t=<>@").ofMaxLength(60);
        return Combinators.combine(
                        Arbitraries.integers().between(200, 599),
                        texts.list().ofMinSize(1).ofMaxSize(12))
                .as(Reply::new);
    }

    private static String wire(Reply reply, String lineEnd) {
        StringBuilder wire = new StringBuilder();
        for (int i = 0; i < reply.lines().size(); i++) {
            boolean last = i == reply.lines().size() - 1;
            wire.append(reply.code())
                    .append(last ? ' ' : '-')
                    .append(reply.lines().get(i))
                    .append(lineEnd);
        }
        return wire.toString();
    }

    @Property(tries = 300)
    void readsBackWhatWasSaid(@ForAll("replies") Reply one, @ForAll("replies") Reply two) throws IOException {
        for (String lineEnd : List.of("\r\n", "\n")) {
            String wire = wire(one, lineEnd) + wire(two, lineEnd);

            assertThat(read(wire.getBytes(StandardCharsets.UTF_8))).containsExactly(one, two);
        }
    }

    @Property(tries = 1000)
    void anyOctetsAreRepliesOrAnOrderlyEnd(@ForAll byte[] noise, @ForAll("replies") Reply reply) throws IOException {
        byte[] before = wire(reply, "\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[before.length + noise.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(noise, 0, all, before.length, noise.length);
        try {
            assertThat(read(all))
                    .isNotEmpty()
                    .allSatisfy(r -> assertThat(r.text()).doesNotContain("\n", "\r"));
        } catch (TalkException e) {
            assertThat(e.fate().chance()).isEqualTo(Fate.Chance.OTHER_HOST);
            assertThat(e.fate().text()).doesNotContain("\n", "\r").isNotBlank();
        }
    }
}
