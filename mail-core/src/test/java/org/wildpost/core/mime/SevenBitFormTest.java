// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6152 §3: what can go to a host without 8BITMIME, and in which form; RFC 2045 §6. */
class SevenBitFormTest {
    @Test
    void quotesText() throws IOException {
        assertThat(converted("""
                Subject: x
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                Grüße = 1
                .
                """)).isEqualTo("""
                Subject: x
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                Gr=C3=BC=C3=9Fe =3D 1
                =2E
                """.replace("\n", "\r\n"));
    }

    @Test
    void labelsWhatHadNoLabel() throws IOException {
        assertThat(converted("""
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                ü
                """)).isEqualTo("""
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                =C3=BC
                """.replace("\n", "\r\n"));
    }

    @Test
    void encodesEachPartAsItNeedsAndLeavesTheOthers() throws IOException {
        assertThat(converted("""
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b
                Content-Transfer-Encoding: 8bit

                preamble
                --b
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                für
                --b
                Content-Type: application/x-thing
                Content-Transfer-Encoding: 8bit

                üü
                --b
                Content-Transfer-Encoding: 8bit

                plain = plain
                --b

                as it is = as it is
                --b
                Content-Type: message/rfc822
                Content-Transfer-Encoding: 8bit

                Subject: inner
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: 8bit

                <p>ä</p>
                --b--
                epilogue
                """)).isEqualTo("""
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b
                Content-Transfer-Encoding: 7bit

                preamble
                --b
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                f=C3=BCr
                --b
                Content-Type: application/x-thing
                Content-Transfer-Encoding: base64

                w7zDvA==
                --b
                Content-Transfer-Encoding: 7bit

                plain = plain
                --b

                as it is = as it is
                --b
                Content-Type: message/rfc822
                Content-Transfer-Encoding: 7bit

                Subject: inner
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                <p>=C3=A4</p>
                --b--
                epilogue
                """.replace("\n", "\r\n"));
    }

    /** RFC 1847 §2.1, RFC 6376 §5.3: a label may be covered as well as a body. */
    @Test
    void changesNoOctetUnderTheSignatureOfAnAttachedMessage() throws IOException {
        String signed = """
                --b
                Content-Type: message/rfc822
                Content-Transfer-Encoding: 7bit

                DKIM-Signature: h=content-transfer-encoding
                Content-Type: multipart/mixed; boundary=c
                Content-Transfer-Encoding: 8bit

                --c
                Content-Transfer-Encoding: 8bit

                plain
                --c--
                """;
        String rest = """
                --b
                Content-Type: message/rfc822
                Content-Transfer-Encoding: 8bit

                Subject: not signed

                ü
                """ + signed + "--b--\n";
        String head = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + signed;

        assertThat(converted(head + rest))
                .isEqualTo((head
                                + rest.replaceFirst("8bit", "7bit")
                                        .replace(
                                                "not signed\n\nü",
                                                "not signed\nContent-Transfer-Encoding: quoted-printable\n\n=C3=BC"))
                        .replace("\n", "\r\n"));
    }

    @Test
    void endsTheLineOfAMessageThatIsAllBase64() throws IOException {
        assertThat(converted("MIME-Version: 1.0\nContent-Type: image/x\nContent-Transfer-Encoding: 8bit\n\nü\n"))
                .endsWith("Content-Transfer-Encoding: base64\r\n\r\nw7wNCg==\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DKIM-Signature: v=1~MIME-Version: 1.0~~ü~                                       | is signed",
                "ARC-Seal: i=1~MIME-Version: 1.0~~ü~                                             | is signed",
                "arc-message-signature : i=1~MIME-Version: 1.0~~ü~                               | is signed",
                "Subject: x~~ü~                                                                  | does not say by MIME-Version",
                "MIME-Version: 1.0~Subject: ü~~x~                                                | outside of its bodies",
                "MIME-Version: 1.0~Content-Type: multipart/mixed; boundary=b~~ü~--b~~x~--b--~    | outside of its bodies",
                "MIME-Version: 1.0~Content-Type: multipart/signed; boundary=b~~--b~~ü~--b--~     | has a signed part",
                "MIME-Version: 1.0~Content-Type: multipart/mixed; boundary=a~~--a~Content-Type: multipart/signed; boundary=b~~--b~~ü~--b--~--a--~ | has a signed part",
                "MIME-Version: 1.0~Content-Type: multipart/mixed; boundary=a~~--a~Content-Type: message/rfc822~~DKIM-Signature: v=1~~ü~--a--~ | has a signed part",
                "MIME-Version: 1.0~Content-Type: message/rfc822~~Subject: x~Content-Type: message/rfc822~~arc-seal: i=1~~ü~ | has a signed part",
                "MIME-Version: 1.0~Content-Type: message/partial~~ü~                             | has a part of the type message/partial",
                "MIME-Version: 1.0~Content-Transfer-Encoding: base64~~ü~                         | is said to be base64",
                "MIME-Version: 1.0~Content-Type: message/rfc822~~Subject: ü~~x~                  | outside of its bodies"
            })
    void leavesWhatMustStayAsItIs(String message, String reason) throws IOException {
        assertThat(outcome(octets(message.strip().replace("~", "\n"))))
                .isInstanceOfSatisfying(
                        SevenBitForm.Outcome.Impossible.class,
                        impossible -> assertThat(impossible.reason()).contains(reason));
    }

    /** Where quoted-printable breaks a line, what follows must not become a boundary: filters have seen another message. */
    @Test
    void makesNoPartsThatWereNone() throws IOException {
        int impossible = 0;
        for (int blanks = 0; blanks < 80; blanks++) {
            String line = "ü" + "x".repeat(blanks) + "--b";
            SevenBitForm.Outcome outcome =
                    outcome(octets("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
                            + "Content-Type: text/plain; charset=utf-8\n\n" + line + "\n--b--\n"));
            if (outcome instanceof SevenBitForm.Outcome.Converted(SevenBitForm form)) {
                try (InputStream in = form.open()) {
                    MimePart root = MimeIndexer.index(in, form.size()).root();
                    assertThat(root.children()).hasSize(1);
                    assertThat(root.children().getFirst().bodyLines()).isBetween(0L, 1L);
                }
            } else {
                impossible++;
            }
        }
        assertThat(impossible).as("of which at least one would have").isPositive();
    }

    @Property
    void keepsEveryOctetOfABody(@ForAll byte[] body, @ForAll boolean text) throws IOException {
        // A body of lines, as all are that come in.
        byte[] lines = new String(body, StandardCharsets.ISO_8859_1)
                .replaceAll("[\\r\\n\\x00]", "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] head = octets("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=0unlikely0\n\n--0unlikely0\n"
                + "Content-Type: " + (text ? "text/x" : "application/x") + "\nContent-Transfer-Encoding: 8bit\n\n");
        byte[] message = join(head, lines, octets("ü"), octets("\n--0unlikely0--\n"));

        byte[] form = form(message);
        MimePart part = MimeIndexer.index(new ByteArrayInputStream(form), form.length)
                .root()
                .children()
                .getFirst();
        byte[] encoded =
                Arrays.copyOfRange(form, (int) part.bodyOffset(), (int) (part.bodyOffset() + part.bodyLength()));

        for (byte octet : form) {
            assertThat(octet).isNotNegative();
        }
        assertThat(decoded(encoded, part.transferEncoding())).isEqualTo(join(lines, octets("ü")));
    }

    @Property
    void endsWhateverTheOctetsAre(@ForAll byte[] octets) throws IOException {
        byte[] message = join(octets("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n"), octets);
        if (outcome(message) instanceof SevenBitForm.Outcome.Converted(SevenBitForm form)) {
            try (InputStream in = form.open()) {
                assertThat(in.readAllBytes()).hasSize((int) form.size());
            }
        }
    }

    private static byte[] decoded(byte[] encoded, String encoding) throws IOException {
        if (encoding.equals("base64")) {
            return Base64.getMimeDecoder().decode(encoded);
        }
        assertThat(encoding).isEqualTo("quoted-printable");
        try (InputStream in = new QuotedPrintableInputStream(new ByteArrayInputStream(encoded))) {
            return in.readAllBytes();
        }
    }

    private static String converted(String message) throws IOException {
        return new String(form(octets(message)), StandardCharsets.US_ASCII);
    }

    private static byte[] form(byte[] message) throws IOException {
        SevenBitForm form = ((SevenBitForm.Outcome.Converted) outcome(message)).form();
        try (InputStream in = form.open()) {
            byte[] octets = in.readAllBytes();
            assertThat(octets).hasSize((int) form.size());
            return octets;
        }
    }

    private static SevenBitForm.Outcome outcome(byte[] message) throws IOException {
        return SevenBitForm.of(() -> new ByteArrayInputStream(message), message.length);
    }

    private static byte[] octets(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }
}
