// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.mime.MimePart;

/** RFC 9051 §6.4.5.1: the tree of its example, each part's octets at a place of its own. */
class SectionsTest {
    private static MimePart part(String type, int at, MimePart... children) {
        boolean message = type.equals("message");
        return new MimePart(
                type,
                "x",
                Map.of(),
                null,
                null,
                "7bit",
                null,
                null,
                List.of(),
                null,
                at * 1_000L,
                at * 1_000L + 100,
                50 + at,
                1,
                message ? StructureWriterTest.summary() : null,
                List.of(children));
    }

    /** 1 text, 2 application, 3 message (3.1 text, 3.2 application), 4 multipart (4.1 image, 4.2 message (4.2.1, 4.2.2 multipart)). */
    private static MimePart example() {
        MimePart inThree = part("multipart", 4, part("text", 5), part("application", 6));
        MimePart alternatives = part("multipart", 12, part("text", 13), part("text", 14));
        MimePart inFourTwo = part("multipart", 10, part("text", 11), alternatives);
        MimePart four = part("multipart", 7, part("image", 8), part("message", 9, inFourTwo));
        return part("multipart", 0, part("text", 1), part("application", 2), part("message", 3, inThree), four);
    }

    private static Optional<Sections.Range> locate(MimePart root, String section) throws ImapParseException {
        Frame frame = new Frame("a FETCH 1 BODY[" + section + "]", List.of(), Optional.empty());
        var fetch = (MessageCommand.Fetch)
                ImapParser.parse(frame, ImapLimits.DEFAULTS, Set.of()).command();
        var octets = (FetchItem.Octets) fetch.items().getFirst();
        return Sections.locate(octets.section(), root, 99_000);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, 99000",
        "HEADER, 0, 100",
        "TEXT, 100, 98900",
        "1, 1100, 51",
        "1.MIME, 1000, 100",
        "2, 2100, 52",
        "3, 3100, 53",
        "3.HEADER, 4000, 100",
        "3.TEXT, 4100, 54",
        "3.1, 5100, 55",
        "3.2, 6100, 56",
        "4, 7100, 57",
        "4.1, 8100, 58",
        "4.1.MIME, 8000, 100",
        "4.2, 9100, 59",
        "4.2.HEADER, 10000, 100",
        "4.2.TEXT, 10100, 60",
        "4.2.1, 11100, 61",
        "4.2.2, 12100, 62",
        "4.2.2.1, 13100, 63",
        "4.2.2.2, 14100, 64",
    })
    void findsEveryPartOfTheExample(String section, long offset, long length) throws Exception {
        assertThat(locate(example(), section)).contains(new Sections.Range(offset, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "1.1", "1.HEADER", "1.TEXT", "3.3", "4.HEADER", "4.2.3", "2147483648", "4.2.2.1.1"})
    void findsNothingElse(String section) throws Exception {
        assertThat(locate(example(), section)).isEmpty();
    }

    @Test
    void countsTheBodyOfASimpleMessageAsPartOne() throws Exception {
        assertThat(locate(part("text", 0), "1")).contains(new Sections.Range(100, 50));
        assertThat(locate(part("text", 0), "1.MIME")).contains(new Sections.Range(0, 100));
        assertThat(locate(part("text", 0), "2")).isEmpty();
    }

    @Test
    void countsTheOnePartOfAContainedSimpleMessage() throws Exception {
        MimePart root = part("multipart", 0, part("message", 1, part("text", 2)));
        assertThat(locate(root, "1.1")).contains(new Sections.Range(2_100, 52));
    }

    @ParameterizedTest
    @CsvSource({"0, 10, 0, 10", "5, 100, 5, 45", "50, 1, 50, 0", "900, 1, 50, 0"})
    void cutsPartials(long origin, long length, long offset, long kept) {
        assertThat(new Sections.Range(0, 50).narrowed(new FetchItem.Partial(origin, length)))
                .isEqualTo(new Sections.Range(offset, kept));
    }

    private static final String HEADER =
            "From: a@b\r\nSUBJECT: one\r\n two\r\nX-Junk : y\r\nno colon\r\nsubject: again\r\n\r\nnot: header\r\n";

    private static String fields(boolean named, String... names) {
        byte[] octets = HEADER.getBytes(StandardCharsets.US_ASCII);
        return new String(new HeaderFields(List.of(names), named).of(octets), StandardCharsets.US_ASCII);
    }

    @Test
    void choosesHeaderFieldsWithTheirFolds() {
        assertThat(fields(true, "Subject")).isEqualTo("SUBJECT: one\r\n two\r\nsubject: again\r\n\r\n");
        assertThat(fields(false, "subject", "from")).isEqualTo("X-Junk : y\r\nno colon\r\n\r\n");
        assertThat(fields(true, "x-junk")).isEqualTo("X-Junk : y\r\n\r\n");
        assertThat(fields(true, "To")).isEqualTo("\r\n");
        assertThat(new String(
                        new HeaderFields(List.of("a"), true).of("A: b".getBytes(StandardCharsets.US_ASCII)),
                        StandardCharsets.US_ASCII))
                .isEqualTo("A: b\r\n\r\n");
    }

    @Test
    void putsTheMissingCarriageReturnsIn() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CanonicalLineEnds canonical = new CanonicalLineEnds(out)) {
            canonical.write("\na\r\nb\nc\r".getBytes(StandardCharsets.US_ASCII));
            canonical.write('\n');
            canonical.write("\n\rd\n".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("\r\na\r\nb\r\nc\r\n\r\n\rd\r\n");
    }
}
