// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.wildpost.core.message.SpooledMessage;

class MimeIndexerTest {
    @Test
    void readsASimpleMessage() throws IOException {
        String header = lines(
                "Received: from a by b",
                "Received: from c",
                "\tby d",
                "Date: Tue, 24 Nov 2026 11:00:00 +0800",
                "From: =?utf-8?Q?J=C3=BCrgen?= <juergen@example.org>",
                "Subject: =?utf-8?B?5L2g5aW9?= world",
                "Message-ID: <1@example.org>",
                "");
        MessageIndex index = index(header + "Hello,\r\n  there.\r\n");
        assertThat(index.hops()).isEqualTo(2);
        assertThat(index.subject()).isEqualTo("你好 world");
        assertThat(index.preview()).isEqualTo("Hello, there.");
        assertThat(index.sentDate()).contains(Instant.parse("2026-11-24T03:00:00Z"));
        assertThat(index.bareLineEnds()).isFalse();
        assertThat(index.envelope().subject()).isEqualTo("=?utf-8?B?5L2g5aW9?= world");
        assertThat(index.envelope().from())
                .containsExactly(new Mailbox("=?utf-8?Q?J=C3=BCrgen?=", "juergen", "example.org"));
        MimePart root = index.root();
        assertThat(root.type() + "/" + root.subtype()).isEqualTo("text/plain");
        assertThat(root.parameters()).isEqualTo(Map.of("charset", "us-ascii"));
        assertThat(root.bodyOffset()).isEqualTo(header.length());
        assertThat(root.bodyLength()).isEqualTo("Hello,\r\n  there.\r\n".length());
        assertThat(root.bodyLines()).isEqualTo(2);
    }

    @Test
    void findsThePartsOfAMultipart() throws IOException {
        String message = lines(
                "Content-Type: multipart/mixed; boundary=\"b\"",
                "",
                "preamble",
                "--b",
                "",
                "one",
                "two",
                "--b",
                "Content-Type: application/pdf; name*=utf-8''%E4%BD%A0.pdf",
                "Content-Disposition: attachment; filename*0=\"a\"; filename*1=\"b.pdf\"",
                "Content-Transfer-Encoding: BASE64",
                "",
                "AAAA",
                "--bb is not a delimiter",
                "--b--",
                "epilogue",
                "--b",
                "not a part");
        MimePart root = index(message).root();
        assertThat(root.children()).hasSize(2);
        MimePart text = root.children().get(0);
        assertThat(body(message, text)).isEqualTo("one\r\ntwo");
        assertThat(text.bodyLines()).isEqualTo(1);
        MimePart pdf = root.children().get(1);
        assertThat(pdf.transferEncoding()).isEqualTo("base64");
        assertThat(pdf.parameters()).containsEntry("name", "你.pdf");
        assertThat(pdf.disposition()).isEqualTo(new MimePart.Disposition("attachment", Map.of("filename", "ab.pdf")));
        assertThat(body(message, pdf)).isEqualTo("AAAA\r\n--bb is not a delimiter");
        assertThat(header(message, pdf))
                .startsWith("Content-Type: application/pdf")
                .endsWith("BASE64\r\n\r\n");
    }

    @Test
    void looksIntoAContainedMessage() throws IOException {
        String inner = lines(
                        "Subject: inner",
                        "Content-Type: multipart/alternative; boundary=i",
                        "",
                        "--i",
                        "",
                        "plain",
                        "--i",
                        "Content-Type: text/html",
                        "",
                        "<p>html",
                        "--i--")
                .stripTrailing();
        String message =
                lines("Content-Type: multipart/mixed; boundary=o", "", "--o", "Content-Type: message/rfc822", "")
                        + inner + "\r\n--o--\r\n";
        MimePart contained = index(message).root().children().getFirst();
        assertThat(contained.isMessage()).isTrue();
        assertThat(contained.envelope()).extracting(Envelope::subject).isEqualTo("inner");
        assertThat(body(message, contained)).isEqualTo(inner);
        assertThat(contained.bodyLines()).isEqualTo(inner.lines().count() - 1);
        MimePart innerRoot = contained.children().getFirst();
        assertThat(innerRoot.children()).hasSize(2);
        assertThat(body(message, innerRoot.children().get(1))).isEqualTo("<p>html");
    }

    @Test
    void treatsPartsOfADigestAsMessages() throws IOException {
        MimePart root = index(lines(
                        "Content-Type: multipart/digest; boundary=d",
                        "",
                        "--d",
                        "",
                        "Subject: in the digest",
                        "",
                        "text",
                        "--d--"))
                .root();
        assertThat(root.children().getFirst().envelope())
                .extracting(Envelope::subject)
                .isEqualTo("in the digest");
    }

    @Test
    void endsAnInnerMultipartThatIsNotClosedAtTheOuterBoundary() throws IOException {
        MimePart root = index(lines(
                        "Content-Type: multipart/mixed; boundary=out",
                        "",
                        "--out",
                        "Content-Type: multipart/mixed; boundary=in",
                        "",
                        "--in",
                        "",
                        "a",
                        "--out",
                        "",
                        "b"))
                .root();
        assertThat(root.children()).hasSize(2);
        assertThat(root.children().get(0).children()).hasSize(1);
        assertThat(root.children().get(1).type()).isEqualTo("text");
    }

    @Test
    void takesAMultipartWithoutBoundaryAsText() throws IOException {
        MimePart root =
                index(lines("Content-Type: multipart/mixed", "", "text")).root();
        assertThat(root.type() + "/" + root.subtype()).isEqualTo("text/plain");
        assertThat(root.children()).isEmpty();
    }

    @Test
    void showsAMultipartWithoutPartsWithAnEmptyText() throws IOException {
        MimePart root = index(lines("Content-Type: multipart/mixed; boundary=x", "", "nothing"))
                .root();
        assertThat(root.children())
                .singleElement()
                .extracting(MimePart::bodyLength)
                .isEqualTo(0L);
    }

    @Test
    void findsBareLineEnds() throws IOException {
        assertThat(index("A: b\r\n\r\nx\ny\r\n").bareLineEnds()).isTrue();
        assertThat(index("A: b\r\n\r\nx\ry\r\n").bareLineEnds()).isTrue();
        assertThat(index("A: b\r\n\r\nx\r").bareLineEnds()).isTrue();
        assertThat(index("A: b\r\n\r\nx\r\r\n").bareLineEnds()).isTrue();
        assertThat(index("A: b\r\n\r\nx").bareLineEnds()).isFalse();
    }

    @Test
    void prefersPlainTextForThePreviewAndCutsItBetweenCharacters() throws IOException {
        String html = lines(
                "Content-Type: text/html; charset=utf-8",
                "",
                "<html><head><title>no</title></head><style>x{}</style><p>a&amp;b</p>\u00a0<b>c</b>");
        assertThat(index(html).preview()).isEqualTo("a&b c");
        String grins = "😀".repeat(150);
        String preview = index(lines("Content-Type: text/plain; charset=utf-8", "", grins))
                .preview();
        assertThat(preview).isEqualTo("😀".repeat(100));
    }

    @Test
    void decodesAPreviewThatIsQuotedPrintableOrBase64() throws IOException {
        assertThat(index(lines(
                                "Content-Type: text/plain; charset=iso-8859-1",
                                "Content-Transfer-Encoding: quoted-printable",
                                "",
                                "caf=E9 =",
                                "au lait"))
                        .preview())
                .isEqualTo("café au lait");
        assertThat(index(lines(
                                "Content-Type: text/plain; charset=gb2312",
                                "Content-Transfer-Encoding: base64",
                                "",
                                "xOO6ww=="))
                        .preview())
                .isEqualTo("你好");
    }

    @Test
    void keepsStructureOfEndlesslyNestedMessagesWithinItsLimit() throws IOException {
        String message = lines("Content-Type: message/rfc822", "").repeat(500);
        int depth = 0;
        for (MimePart part = index(message).root();
                !part.children().isEmpty();
                part = part.children().getFirst()) {
            depth++;
        }
        assertThat(depth).isLessThan(MimeIndexer.MAX_DEPTH);
        String many = lines("Content-Type: multipart/mixed; boundary=x", "") + "--x\r\n\r\n".repeat(20_000);
        assertThat(index(many).root().children()).hasSize(MimeIndexer.MAX_PARTS - 1);
    }

    @Property(tries = 300)
    void findsSaneOffsetsInWhateverComes(@ForAll("mimeLike") List<String> pieces) throws IOException {
        String message = String.join("", pieces);
        MessageIndex index = index(message);
        assertThat(index.size()).isEqualTo(message.length());
        assertInside(index.root(), 0, message.length());
        assertThat(MimeCodec.decodeStructure(MimeCodec.encode(index.root()))).isEqualTo(index.root());
        assertThat(MimeCodec.decodeEnvelope(MimeCodec.encode(index.envelope()))).isEqualTo(index.envelope());
    }

    @Provide
    Arbitrary<List<String>> mimeLike() {
        return Arbitraries.of(
                        "Content-Type: multipart/mixed; boundary=a\r\n",
                        "Content-Type: multipart/digest; boundary=\"b\"\n",
                        "Content-Type: message/rfc822\r\n",
                        "Content-Type: text/html; charset=x-unknown\r\n",
                        "Content-Disposition: attachment; filename*0*=''%zz; filename*1=\"\\\r\n",
                        "Content-Transfer-Encoding: base64\r\n",
                        "From: \"a\\\" <b@c>, g: d@e;, (((, <@x:y@z>\r\n",
                        "Subject: =?utf-8?B?/////?= =?x?Q?=?=\r\n",
                        "Date: 99 Xyz 0\r\n",
                        "\r\n",
                        "\n",
                        "\r",
                        "--a\r\n",
                        "--a--\r\n",
                        "--b\n",
                        "--b--",
                        "text ",
                        "\0\u00ff",
                        " folded\r\n")
                .list()
                .ofMaxSize(40);
    }

    @Test
    void readsTheMessagesOfOthers() throws IOException {
        // Beside a checkout, unless the variable names another folder.
        String folder = System.getProperty(
                "WILDPOST_VECTORS", System.getenv().getOrDefault("WILDPOST_VECTORS", "../../shared/vectors"));
        Path vectors = Path.of(folder, "mime");
        Assumptions.assumeTrue(
                Files.isDirectory(vectors),
                "no messages of others in ../shared/vectors, and WILDPOST_VECTORS names no other folder");
        int read = 0;
        try (Stream<Path> files = Files.walk(vectors)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] octets = Files.readAllBytes(file);
                MessageIndex index = MimeIndexer.index(SpooledMessage.of(octets));
                assertInside(index.root(), 0, octets.length);
                String crlf = new String(octets, StandardCharsets.ISO_8859_1).replaceAll("\r?\n", "\r\n");
                assertThat(shape(MimeIndexer.index(SpooledMessage.of(crlf.getBytes(StandardCharsets.ISO_8859_1)))
                                .root()))
                        .as(file.toString())
                        .isEqualTo(shape(index.root()));
                read++;
            }
        }
        assertThat(read).isPositive();
    }

    private static String shape(MimePart part) {
        return part.type() + "/" + part.subtype()
                + part.children().stream().map(MimeIndexerTest::shape).toList();
    }

    private static void assertInside(MimePart part, long from, long to) {
        assertThat(part.headerOffset()).isBetween(from, to);
        assertThat(part.bodyOffset()).isBetween(part.headerOffset(), to);
        assertThat(part.bodyOffset() + part.bodyLength()).isLessThanOrEqualTo(to);
        long end = part.headerOffset();
        for (MimePart child : part.children()) {
            assertThat(child.headerOffset()).isGreaterThanOrEqualTo(end);
            assertInside(child, part.bodyOffset(), part.bodyOffset() + part.bodyLength());
            end = child.bodyOffset() + child.bodyLength();
        }
    }

    private static MessageIndex index(String message) throws IOException {
        byte[] octets = message.chars().anyMatch(c -> c > 0xff)
                ? message.getBytes(StandardCharsets.UTF_8)
                : message.getBytes(message.contains("\u00a0") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        return MimeIndexer.index(SpooledMessage.of(octets));
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private static String body(String message, MimePart part) {
        return message.substring((int) part.bodyOffset(), (int) (part.bodyOffset() + part.bodyLength()));
    }

    private static String header(String message, MimePart part) {
        return message.substring((int) part.headerOffset(), (int) part.bodyOffset());
    }
}
