// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.mime.MimeIndexer;

/** RFC 3516 §4: the very octets that were encoded, and exactly as many as were announced. */
class BinaryContentTest {
    private final MemoryMail mail = new MemoryMail(MimeIndexer::index);

    private static String part(String encoding, String body) {
        return "--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n"
                + body + "\r\n";
    }

    private static String message(String... parts) {
        return "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                + String.join("", parts) + "--b--\r\n";
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }

    private static String base64(byte[] octets) {
        return Base64.getMimeEncoder().encodeToString(octets);
    }

    private LiveSession selected() {
        LiveSession session = LiveSession.loggedIn(mail);
        session.command("b SELECT INBOX");
        return session;
    }

    /** The octets of the one literal of an answer, with the size that was announced. */
    private static String literal(LiveSession session, String command) {
        session.connection.send("t " + command + "\r\n");
        String answer = session.connection.await("t OK FETCH done");
        Matcher size = Pattern.compile("~\\{([0-9]+)\\}\r\n").matcher(answer);
        assertThat(size.find())
                .as(answer.length() > 200 ? "a long answer" : answer)
                .isTrue();
        int end = size.end() + Integer.parseInt(size.group(1));
        assertThat(answer.substring(end)).startsWith(")\r\nt OK");
        return answer.substring(size.end(), end);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 57, 1_000, 200_000, 1_000_001})
    void decodesBase64ToTheOctetsThatWereEncoded(int length) {
        byte[] octets = random(length);
        mail.deliver("INBOX", message(part("base64", base64(octets))));
        try (LiveSession session = selected()) {
            assertThat(literal(session, "FETCH 1 (BINARY.PEEK[1])")).isEqualTo(new String(octets, ISO_8859_1));
            assertThat(session.command("c FETCH 1 BINARY.SIZE[1]"))
                    .containsExactly("* 1 FETCH (BINARY.SIZE[1] " + length + ")", "c OK FETCH done");
        }
    }

    @ParameterizedTest
    @CsvSource({"0,10", "1,1", "99990,100", "262140,10", "999000,5000", "1000000,5", "0,2000000"})
    void givesAPieceOfALargePart(int origin, int length) {
        byte[] octets = random(1_000_001);
        mail.deliver("INBOX", message(part("base64", base64(octets))));
        try (LiveSession session = selected()) {
            String piece = literal(session, "FETCH 1 (BINARY.PEEK[1]<" + origin + "." + length + ">)");
            int end = Math.min(octets.length, origin + length);
            assertThat(piece).isEqualTo(new String(octets, origin, end - origin, ISO_8859_1));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=3Db=\\r\\nc|a=bc",
                "=C3=A9 t=09\\r\\nx|\u00c3\u00a9 t\t\\r\\nx",
                "=00=01=FF|\\0\u0001\u00ff",
                "plain|plain",
                "a=3db|a=b",
            })
    void decodesQuotedPrintable(String encoded, String expected) {
        mail.deliver("INBOX", message(part("quoted-printable", crlf(encoded))));
        try (LiveSession session = selected()) {
            assertThat(literal(session, "FETCH 1 (BINARY.PEEK[1])")).isEqualTo(crlf(expected));
            assertThat(session.command("c FETCH 1 BINARY.SIZE[1]").getFirst())
                    .endsWith("BINARY.SIZE[1] " + crlf(expected).length() + ")");
        }
    }

    private static String crlf(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUJD", "QU\r\nJD", "QUJD====", "!QUJD", "QUJDR", "Q", "====", "\u00e9\u00ff", "QUI=QUI="})
    void announcesAsMuchAsItSendsOfWhatIsNoBase64(String body) {
        mail.deliver("INBOX", message(part("base64", body), part("base64", (body + "\r\n").repeat(80_000))));
        try (LiveSession session = selected()) {
            for (int part = 1; part <= 2; part++) {
                String octets = literal(session, "FETCH 1 (BINARY.PEEK[" + part + "])");
                assertThat(session.command("c FETCH 1 BINARY.SIZE[" + part + "]")
                                .getFirst())
                        .endsWith(" " + octets.length() + ")");
            }
        }
    }

    @Test
    void keepsANulInItsLiteral8() {
        mail.deliver("INBOX", message(part("8bit", "a\0b")));
        try (LiveSession session = selected()) {
            assertThat(literal(session, "FETCH 1 (BINARY.PEEK[1])")).isEqualTo("a\0b");
            assertThat(literal(session, "FETCH 1 (BINARY.PEEK[])"))
                    .contains("a\0b")
                    .startsWith("Subject: x\r\n");
            assertThat(session.command("c FETCH 1 BODY.PEEK[1]").get(1)).isEqualTo("a\u0080b)");
        }
    }

    @Test
    void refusesAnUnknownEncodingAndTellsTheRest() {
        mail.deliver("INBOX", message(part("x-uuencode", "begin"), part("base64", "QUJD")));
        mail.deliver("INBOX", message(part("7bit", "seven")));
        try (LiveSession session = selected()) {
            assertThat(session.command("c FETCH 1:2 (UID BINARY.SIZE[1] BINARY.PEEK[1])"))
                    .containsExactly(
                            "* 1 FETCH (UID 1)",
                            "* 2 FETCH (UID 2 BINARY.SIZE[1] 5 BINARY[1] ~{5}",
                            "seven)",
                            "c NO [UNKNOWN-CTE] a part has a transfer encoding that is not known here");
            assertThat(session.command("d FETCH 1 BINARY.SIZE[1]"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("d NO [U");
            assertThat(session.command("e FETCH 1 BINARY.SIZE[2]").getFirst())
                    .isEqualTo("* 1 FETCH (BINARY.SIZE[2] 3)");
        }
    }

    @Test
    void readsALargePartInSlices() {
        mail.deliver("INBOX", message(part("base64", base64(random(3_000_000)))));
        try (LiveSession session = selected()) {
            int before = mail.questions;
            literal(session, "FETCH 1 (BINARY.PEEK[1])");
            int pass = 4_110_000 / ImapListener.SLICE + 1;
            assertThat(mail.questions - before).isBetween(2 * pass, 2 * pass + 4);
            int then = mail.questions;
            literal(session, "FETCH 1 (BINARY.PEEK[1]<0.100>)");
            assertThat(mail.questions - then).as("the size is known").isLessThanOrEqualTo(4);
        }
    }
}
