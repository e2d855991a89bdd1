// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.core.mime.PartText;

/** What a letter becomes, read back by our own index. */
class LetterComposerTest {
    private static final Instant DATE = Instant.parse("2026-11-24T10:15:30Z");

    @TempDir
    private Path folder;

    @Test
    void writesWhatPeopleTypeInAnyScript() throws IOException {
        Letter letter = letter("Ausflug é 中文", "Grüße\n.\n.dot\n你好\n", List.of());

        try (SpooledMessage message = compose(letter, LetterComposer.Blind.HIDDEN)) {
            MessageIndex index = MimeIndexer.index(message);

            assertThat(index.subject()).isEqualTo("Ausflug é 中文");
            assertThat(index.sentDate()).contains(DATE);
            assertThat(index.envelope().messageId()).isEqualTo("<id@demo.test>");
            assertThat(Correspondent.of(index.envelope().from()))
                    .containsExactly(new Correspondent("Alice Müller", EmailAddress.parse("alice@demo.test")));
            assertThat(Correspondent.of(index.envelope().to())).isEqualTo(letter.to());
            assertThat(text(message, index)).isEqualToNormalizingNewlines("Grüße\n.\n.dot\n你好\n");
            assertThat(index.bareLineEnds()).isFalse();
        }
    }

    @Test
    void hidesBlindRecipientsFromWhatGoesOutOnly() throws IOException {
        Letter letter = letter("x", "y", List.of());

        try (SpooledMessage out = compose(letter, LetterComposer.Blind.HIDDEN);
                SpooledMessage copy = compose(letter, LetterComposer.Blind.SHOWN)) {
            assertThat(octets(out)).doesNotContainIgnoringCase("carol");
            assertThat(Correspondent.of(MimeIndexer.index(copy).envelope().bcc()))
                    .isEqualTo(letter.bcc());
        }
    }

    @Test
    void letsNothingTypedBeginAHeaderField() throws IOException {
        Letter letter = letter("Hello\r\nBcc: eve@evil.test\r\n\r\nbody", "text", List.of());

        try (SpooledMessage message = compose(letter, LetterComposer.Blind.HIDDEN)) {
            MessageIndex index = MimeIndexer.index(message);

            assertThat(index.envelope().bcc()).isEmpty();
            assertThat(index.subject()).isEqualTo("Hello Bcc: eve@evil.test body");
        }
    }

    @Test
    void keepsTheOctetsOfFilesAndTheirNames() throws IOException {
        byte[] octets = "a\nb\r\nc\r\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("f"), octets);
        Enclosure enclosure = new Enclosure("报告 \"1\".pdf", "message/rfc822", file, octets.length);

        try (SpooledMessage message = compose(letter("x", "y", List.of(enclosure)), LetterComposer.Blind.HIDDEN)) {
            MessageIndex index = MimeIndexer.index(message);
            MessageParts parts = MessageParts.of(index.root());
            MessagePart part = parts.attachments().getFirst();

            assertThat(parts.text()).isPresent();
            assertThat(part.number()).isEqualTo("2");
            assertThat(part.fileName()).isEqualTo("报告 1.pdf");
            assertThat(part.mediaType()).isEqualTo("application/octet-stream");
            byte[] raw = raw(message, part.mime().bodyOffset(), part.mime().bodyLength());
            try (InputStream body = PartText.decodedBody(part.mime(), new java.io.ByteArrayInputStream(raw))) {
                assertThat(body.readAllBytes()).isEqualTo(octets);
            }
        }
    }

    @Test
    void namesTheThreadOfAnAnswer() throws IOException {
        Letter plain = letter("Re: x", "y", List.of());
        Letter answer = new Letter(
                plain.from(), plain.to(), plain.cc(), plain.bcc(), "Re: x", "y", List.of(), List.of("<a@x>", "<b@x>"));

        try (SpooledMessage message = compose(answer, LetterComposer.Blind.HIDDEN)) {
            assertThat(MimeIndexer.index(message).envelope().inReplyTo()).isEqualTo("<b@x>");
            assertThat(HeaderField.find(octets(message).getBytes(StandardCharsets.UTF_8), "references"))
                    .isEqualTo("<a@x> <b@x>");
        }
    }

    private SpooledMessage compose(Letter letter, LetterComposer.Blind blind) throws IOException {
        return new LetterComposer(folder).compose(letter, "<id@demo.test>", DATE, blind);
    }

    private static Letter letter(String subject, String text, List<Enclosure> enclosures) {
        return new Letter(
                new Correspondent("Alice Müller", EmailAddress.parse("alice@demo.test")),
                Correspondent.parseList("\"Doe, Bob\" <bob@demo.test>, dan@demo.test"),
                List.of(),
                Correspondent.parseList("Carol <carol@demo.test>"),
                subject,
                text,
                enclosures,
                List.of());
    }

    private static String text(SpooledMessage message, MessageIndex index) throws IOException {
        byte[] raw = raw(message, index.root().bodyOffset(), index.root().bodyLength());
        return PartText.decode(index.root(), raw);
    }

    private static byte[] raw(SpooledMessage message, long offset, long length) throws IOException {
        try (InputStream in = message.open()) {
            in.skipNBytes(offset);
            return in.readNBytes((int) length);
        }
    }

    private static String octets(SpooledMessage message) throws IOException {
        try (InputStream in = message.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
