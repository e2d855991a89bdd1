// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.wildpost.core.message.SpooledMessage;

/** Messages of RFC 3030 §3 become messages of lines; the encodings are those of RFC 2045 §6. */
class BinaryPartsTest {
    @Test
    void encodesTheBodyThatSaysItIsBinary() throws IOException {
        assertThat(encoded("Subject: x\r\nContent-Transfer-Encoding: binary\r\nMIME-Version: 1.0\r\n\r\na\nb\r\0"))
                .isEqualTo("Subject: x\r\nContent-Transfer-Encoding: base64\r\nMIME-Version: 1.0\r\n\r\nYQpiDQA=\r\n");
    }

    @Test
    void encodesPartsAndLeavesWhatIsAroundThem() throws IOException {
        String message = """
                content-type: multipart/mixed; boundary=b
                CONTENT-transfer-ENCODING : binary

                preamble
                --b
                Content-Transfer-Encoding: 8bit

                text
                --b
                Content-Type: application/octet-stream
                Content-Transfer-Encoding:
                 BINARY (as it is)

                12345
                --b--
                epilogue
                """.replace("\n", "\r\n");
        assertThat(encoded(message)).isEqualTo("""
                content-type: multipart/mixed; boundary=b
                Content-Transfer-Encoding: 8bit

                preamble
                --b
                Content-Transfer-Encoding: 8bit

                text
                --b
                Content-Type: application/octet-stream
                Content-Transfer-Encoding: base64

                MTIzNDU=
                --b--
                epilogue
                """.replace("\n", "\r\n"));
    }

    @Test
    void looksIntoMessagesInMessages() throws IOException {
        String message = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                + "Subject: inner\r\nContent-Transfer-Encoding: binary\r\n\r\n\1\2\3";
        assertThat(encoded(message))
                .startsWith("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSubject: inner\r\n")
                .endsWith("Content-Transfer-Encoding: base64\r\n\r\nAQID");
    }

    @Test
    void mendsNoBareLineEndInAHeader() throws IOException {
        for (String header : new String[] {
            "Content-Transfer-Encoding: binary\nX: y\r\n\r\n",
            "Content-Transfer-Encoding: binary\rX: y\r\n\r\n",
            "Content-Transfer-Encoding:\n binary\r\n\r\n"
        }) {
            String encoded = encoded(header + "body\r\n");
            assertThat(index(encoded).bareLineEnds()).as(header).isTrue();
        }
    }

    @Test
    void copiesAMessageWithoutBinaryParts() throws IOException {
        String message = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nbare \n here\r\n--b--\r\n";
        assertThat(BinaryParts.areIn(index(message).root())).isFalse();
        assertThat(encoded(message)).isEqualTo(message);
    }

    @Property
    void bringsEveryOctetThroughALineProtocol(@ForAll byte[] body) throws IOException {
        byte[] head = """
                Content-Type: multipart/mixed; boundary=0unlikely0

                --0unlikely0
                Content-Transfer-Encoding: binary

                """.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] tail = "\r\n--0unlikely0--\r\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] encoded = encoded(join(head, body, tail));
        MessageIndex index = MimeIndexer.index(SpooledMessage.of(encoded));
        assertThat(index.bareLineEnds()).isFalse();
        MimePart part = index.root().children().getFirst();
        assertThat(part.transferEncoding()).isEqualTo("base64");
        assertThat(Base64.getMimeDecoder().decode(Arrays.copyOfRange(encoded, (int) part.bodyOffset(), (int)
                        (part.bodyOffset() + part.bodyLength()))))
                .isEqualTo(body);
    }

    @Property
    void endsWhateverTheOctetsAre(@ForAll byte[] octets) throws IOException {
        byte[] message = join(
                "Content-Transfer-Encoding: binary\r\nContent-Type: multipart/mixed; boundary=a\r\n"
                        .getBytes(StandardCharsets.ISO_8859_1),
                octets);
        assertThat(encoded(message)).isNotEmpty();
    }

    private static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    private static MessageIndex index(String message) throws IOException {
        return MimeIndexer.index(SpooledMessage.of(message.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String encoded(String message) throws IOException {
        return new String(encoded(message.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
    }

    private static byte[] encoded(byte[] octets) throws IOException {
        SpooledMessage message = SpooledMessage.of(octets);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryParts.encode(message, MimeIndexer.index(message).root(), out);
        return out.toByteArray();
    }
}
