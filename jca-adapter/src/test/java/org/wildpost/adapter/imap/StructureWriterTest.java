// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.Mailbox;
import org.wildpost.core.mime.MimeCodec;
import org.wildpost.core.mime.MimeCursor;
import org.wildpost.core.mime.MimePart;

/** RFC 9051 §7.5.2 and §8, RFC 3501 §7.4.2: the documents' examples first. */
class StructureWriterTest {
    private static final Mailbox GRAY = new Mailbox("Terry Gray", "gray", "cac.washington.edu");

    static Envelope summary() {
        return new Envelope(
                "Wed, 17 Jul 1996 02:23:25 -0700 (PDT)",
                "IMAP4rev2 WG mtg summary and minutes",
                List.of(GRAY),
                List.of(),
                List.of(),
                List.of(new Mailbox(null, "imap", "cac.washington.edu")),
                List.of(
                        new Mailbox(null, "minutes", "CNRI.Reston.VA.US"),
                        new Mailbox("John Klensin", "KLENSIN", "MIT.EDU")),
                List.of(),
                null,
                "<B27397-0100000@cac.washington.ed>");
    }

    static MimePart leaf(String type, String subtype, Map<String, String> parameters, long length, long lines) {
        return new MimePart(
                type,
                subtype,
                parameters,
                null,
                null,
                "7bit",
                null,
                null,
                List.of(),
                null,
                0,
                0,
                length,
                lines,
                null,
                List.of());
    }

    static MimePart multipart(String subtype, MimePart... children) {
        return new MimePart(
                "multipart",
                subtype,
                Map.of("boundary", "b"),
                null,
                null,
                "7bit",
                null,
                null,
                List.of(),
                null,
                0,
                0,
                0,
                0,
                null,
                List.of(children));
    }

    private interface Writing {
        void to(StructureWriter writer) throws IOException;
    }

    private static MimeCursor encoded(Envelope envelope) {
        return new MimeCursor(MimeCodec.encode(envelope));
    }

    private static MimeCursor encoded(MimePart part) {
        return new MimeCursor(MimeCodec.encode(part));
    }

    private static String written(Writing writing) throws IOException {
        return written(writing, false);
    }

    private static String written(Writing writing, boolean utf8) throws IOException {
        ScriptedConnection connection = new ScriptedConnection(true);
        ImapWriter out = new ImapWriter(connection);
        out.speakUtf8(utf8);
        writing.to(new StructureWriter(out));
        return connection.output();
    }

    @Test
    void writesTheEnvelopeOfTheExample() throws Exception {
        assertThat(written(w -> w.envelope(encoded(summary()))))
                .isEqualTo("(\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"IMAP4rev2 WG mtg summary and minutes\""
                        + " ((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\"))"
                        + " ((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\"))"
                        + " ((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\"))"
                        + " ((NIL NIL \"imap\" \"cac.washington.edu\"))"
                        + " ((NIL NIL \"minutes\" \"CNRI.Reston.VA.US\")(\"John Klensin\" NIL \"KLENSIN\" \"MIT.EDU\"))"
                        + " NIL NIL \"<B27397-0100000@cac.washington.ed>\")");
    }

    @Test
    void writesAnEmptyEnvelopeAndGroups() throws Exception {
        Envelope empty =
                new Envelope(null, null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null);
        assertThat(written(w -> w.envelope(encoded(empty)))).isEqualTo("(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)");
        Envelope group = new Envelope(
                null,
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(new Mailbox(null, "friends", null), new Mailbox(null, null, null)),
                List.of(new Mailbox("Ann", "ann", "x.test", "@one,@two")),
                List.of(),
                null,
                null);
        assertThat(written(w -> w.envelope(encoded(group))))
                .isEqualTo("(NIL \"\" NIL NIL NIL ((NIL NIL \"friends\" NIL)(NIL NIL NIL NIL))"
                        + " ((\"Ann\" \"@one,@two\" \"ann\" \"x.test\")) NIL NIL NIL)");
    }

    /** RFC 6858 §2: encoded words for who did not ask for UTF-8, and no address that ASCII cannot write. */
    @Test
    void writesTextsOutsideOfAsciiAsTheClientReadsThem() throws Exception {
        List<Mailbox> from = List.of(new Mailbox("Jürgen", "jü", "x.test"), new Mailbox(null, "b", "bücher.test"));
        Envelope envelope =
                new Envelope(null, "Grüße", from, from, from, List.of(), List.of(), List.of(), "a\"b\\c", "x\r\ny");

        String invalid = "(\"=?UTF-8?B?SsO8cmdlbg==?=\" NIL \"invalid\" \"internationalized-address.invalid\")";
        String ascii = " (" + invalid + "(NIL NIL \"b\" \"xn--bcher-kva.test\"))";
        assertThat(written(w -> w.envelope(encoded(envelope))))
                .isEqualTo("(NIL \"=?UTF-8?B?R3LDvMOfZQ==?=\"" + ascii.repeat(3)
                        + " NIL NIL NIL \"a\\\"b\\\\c\" {4}\r\nx\r\ny)");

        byte[] octets = written(w -> w.envelope(encoded(envelope)), true).getBytes(StandardCharsets.ISO_8859_1);
        String utf8 = " ((\"Jürgen\" NIL \"jü\" \"x.test\")(NIL NIL \"b\" \"bücher.test\"))";
        assertThat(new String(octets, StandardCharsets.UTF_8))
                .isEqualTo("(NIL \"Grüße\"" + utf8.repeat(3) + " NIL NIL NIL \"a\\\"b\\\\c\" {4}\r\nx\r\ny)");
    }

    @Test
    void writesTheStructuresOfTheExamples() throws Exception {
        MimePart single = leaf("text", "plain", Map.of("charset", "US-ASCII"), 2279, 48);
        assertThat(written(w -> w.structure(encoded(single), false)))
                .isEqualTo("(\"text\" \"plain\" (\"charset\" \"US-ASCII\") NIL NIL \"7bit\" 2279 48)");
        Map<String, String> named = new LinkedHashMap<>();
        named.put("charset", "US-ASCII");
        named.put("name", "cc.diff");
        MimePart diff = new MimePart(
                "text",
                "plain",
                named,
                "<960723163407.20117h@cac.washington.edu>",
                "Compiler diff",
                "base64",
                null,
                null,
                List.of(),
                null,
                0,
                0,
                4554,
                73,
                null,
                List.of());
        MimePart mixed = multipart("mixed", leaf("text", "plain", Map.of("charset", "US-ASCII"), 1152, 23), diff);
        assertThat(written(w -> w.structure(encoded(mixed), false)))
                .isEqualTo(
                        "((\"text\" \"plain\" (\"charset\" \"US-ASCII\") NIL NIL \"7bit\" 1152 23)"
                                + "(\"text\" \"plain\" (\"charset\" \"US-ASCII\" \"name\" \"cc.diff\")"
                                + " \"<960723163407.20117h@cac.washington.edu>\" \"Compiler diff\" \"base64\" 4554 73) \"mixed\")");
    }

    @Test
    void writesExtensionData() throws Exception {
        MimePart image = new MimePart(
                "image",
                "png",
                Map.of(),
                null,
                null,
                "base64",
                "Q2hlY2sgSW50ZWdyaXR5IQ==",
                new MimePart.Disposition("attachment", Map.of("filename", "a b.png")),
                List.of("de", "en"),
                "http://example.org/x",
                0,
                0,
                10,
                1,
                null,
                List.of());
        assertThat(written(w -> w.structure(encoded(multipart("related", image)), true)))
                .isEqualTo("((\"image\" \"png\" NIL NIL NIL \"base64\" 10 \"Q2hlY2sgSW50ZWdyaXR5IQ==\""
                        + " (\"attachment\" (\"filename\" \"a b.png\")) (\"de\" \"en\") \"http://example.org/x\")"
                        + " \"related\" (\"boundary\" \"b\") NIL NIL NIL)");
    }

    @Test
    void writesParametersOutsideOfAsciiAsClientsReadThem() throws Exception {
        MimePart pdf = leaf("application", "pdf", Map.of("name", "Über uns*.pdf"), 1, 1);
        assertThat(written(w -> w.structure(encoded(pdf), false)))
                .isEqualTo(
                        "(\"application\" \"pdf\" (\"name*\" \"UTF-8''%C3%9Cber%20uns%2A.pdf\") NIL NIL \"7bit\" 1)");
    }

    @Test
    void writesContainedMessages() throws Exception {
        MimePart message = new MimePart(
                "message",
                "rfc822",
                Map.of(),
                null,
                null,
                "7bit",
                null,
                null,
                List.of(),
                null,
                0,
                0,
                100,
                7,
                summary(),
                List.of(leaf("text", "html", Map.of(), 5, 1)));
        assertThat(written(w -> w.structure(encoded(message), true)))
                .startsWith("(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 100 (\"Wed, 17 Jul")
                .endsWith(" (\"text\" \"html\" NIL NIL NIL \"7bit\" 5 1 NIL NIL NIL NIL) 7 NIL NIL NIL NIL)");
    }

    @Test
    void keepsTheGrammarWhereAMessageHasNone() throws Exception {
        assertThat(written(w -> w.structure(encoded(multipart("mixed")), false)))
                .isEqualTo("((\"text\" \"plain\" NIL NIL NIL \"7bit\" 0 0) \"mixed\")");
        assertThat(written(w -> w.structure(encoded(leaf("message", "rfc822", Map.of(), 3, 1)), false)))
                .isEqualTo(
                        "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 3"
                                + " (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) (\"text\" \"plain\" NIL NIL NIL \"7bit\" 0 0) 1)");
    }
}
