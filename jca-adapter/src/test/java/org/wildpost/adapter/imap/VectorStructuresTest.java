// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.wildpost.core.mime.MimeIndexer;

/** RFC 9051 §9: what we say about real and broken messages is an expression that a client can read. */
class VectorStructuresTest {
    /** Where they lie beside a checkout. */
    private static final Path BESIDE = Path.of("../../shared/vectors");

    private static final String NESTED = """
            From: a@b\r
            Subject: outer\r
            Content-Type: multipart/mixed; boundary=x\r
            \r
            --x\r
            Content-Type: text/plain\r
            \r
            one\r
            --x\r
            Content-Type: message/rfc822\r
            \r
            Subject: inner\r
            \r
            two\r
            --x--\r
            """;

    @TestFactory
    Stream<DynamicTest> tellsTheStructureOfEveryVector() throws IOException {
        Path vectors = Optional.ofNullable(System.getProperty("WILDPOST_VECTORS"))
                .or(() -> Optional.ofNullable(System.getenv("WILDPOST_VECTORS")))
                .map(Path::of)
                .orElse(BESIDE)
                .resolve("mime");
        assumeTrue(
                Files.isDirectory(vectors),
                "no test messages in ../shared/vectors, and WILDPOST_VECTORS names no other");
        List<Path> files;
        try (Stream<Path> all = Files.list(vectors)) {
            files = all.filter(f -> f.toString().endsWith(".eml")).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file ->
                        DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(Files.readAllBytes(file))));
    }

    private static void check(byte[] message) {
        MemoryMail mail = new MemoryMail(MimeIndexer::index);
        mail.deliver("INBOX", message);
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b SELECT INBOX");
            String answer = String.join("\r\n", session.command("c FETCH 1 (ENVELOPE BODY BODYSTRUCTURE)"));
            Expression read = new Expression(answer, answer.indexOf("(ENVELOPE"));
            List<?> items = (List<?>) read.value();
            assertThat(answer.substring(read.position)).isEqualTo("\r\nc OK FETCH done");
            assertThat(items).hasSize(6);
            assertThat((List<?>) items.get(1)).hasSize(10);
            List<String> leaves = new ArrayList<>();
            body((List<?>) items.get(3), "", leaves);
            List<String> extended = new ArrayList<>();
            body((List<?>) items.get(5), "", extended);
            assertThat(extended).isEqualTo(leaves);
            for (String leaf : leaves) {
                String[] numberAndOctets = leaf.split(" ");
                String part = String.join("\r\n", session.command("d FETCH 1 BODY.PEEK[" + numberAndOctets[0] + "]"));
                String size = numberAndOctets[1].equals("0") ? "\"\"" : "{" + numberAndOctets[1] + "}";
                assertThat(part).startsWith("* 1 FETCH (BODY[" + numberAndOctets[0] + "] " + size);
                assertThat(session.command("e FETCH 1 BODY.PEEK[" + numberAndOctets[0] + ".MIME]")
                                .getLast())
                        .isEqualTo("e OK FETCH done");
            }
            assertThat(whole(session)).isEqualTo(new String(message, StandardCharsets.ISO_8859_1));
        }
    }

    private static String whole(LiveSession session) {
        session.connection.send("f FETCH 1 BODY.PEEK[]\r\n");
        String answer = session.connection.await("f OK FETCH done");
        int start = answer.indexOf("}\r\n") + 3;
        return answer.substring(start, answer.length() - ")\r\nf OK FETCH done\r\n".length());
    }

    /** body = "(" (body-type-1part / body-type-mpart) ")": collects number and octets of the leaves. */
    private static void body(List<?> body, String number, List<String> leaves) {
        if (body.getFirst() instanceof List<?>) {
            int i = 0;
            while (body.get(i) instanceof List<?> child) {
                i++;
                body(child, number.isEmpty() ? "" + i : number + "." + i, leaves);
            }
            assertThat(body.get(i)).isInstanceOf(String.class);
            return;
        }
        assertThat(body.subList(0, 2)).allMatch(String.class::isInstance);
        assertThat(body.get(6)).isInstanceOf(Long.class);
        leaves.add((number.isEmpty() ? "1" : number) + " " + body.get(6));
        boolean message = "message".equals(body.get(0)) && "rfc822".equals(body.get(1));
        if (message) {
            assertThat((List<?>) body.get(7)).hasSize(10);
            String here = number.isEmpty() ? "1" : number;
            List<?> inner = (List<?>) body.get(8);
            body(inner, inner.getFirst() instanceof List<?> ? here : here + ".1", leaves);
            assertThat(body.get(9)).isInstanceOf(Long.class);
        } else if ("text".equals(body.get(0))) {
            assertThat(body.get(7)).isInstanceOf(Long.class);
        }
    }

    @Test
    void readsContainedMessagesOverASession() {
        check(NESTED.getBytes(StandardCharsets.ISO_8859_1));
        MemoryMail mail = new MemoryMail(MimeIndexer::index);
        mail.deliver("INBOX", NESTED);
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b SELECT INBOX");
            assertThat(session.command(
                            "c FETCH 1 (BODY.PEEK[1] BODY.PEEK[2.HEADER.FIELDS (SUBJECT)] BODY.PEEK[2.TEXT])"))
                    .containsExactly(
                            "* 1 FETCH (BODY[1] {3}",
                            "one BODY[2.HEADER.FIELDS (SUBJECT)] {18}",
                            "Subject: inner",
                            "",
                            " BODY[2.TEXT] {3}",
                            "two)",
                            "c OK FETCH done");
        }
    }

    /** Lists, strings, numbers and NIL. */
    private static final class Expression {
        private final String text;
        private int position;

        Expression(String text, int position) {
            this.text = text;
            this.position = position;
        }

        Object value() {
            char c = text.charAt(position);
            if (c == '(') {
                return list();
            }
            if (c == '"') {
                return quoted();
            }
            if (c == '{') {
                int end = text.indexOf("}\r\n", position);
                int size = Integer.parseInt(text.substring(position + 1, end));
                position = end + 3 + size;
                return text.substring(end + 3, position);
            }
            int start = position;
            while ("() ".indexOf(text.charAt(position)) < 0) {
                position++;
            }
            String word = text.substring(start, position);
            assertThat(word).matches("NIL|[0-9]+|ENVELOPE|BODY|BODYSTRUCTURE");
            return Character.isDigit(word.charAt(0)) ? (Object) Long.valueOf(word) : word;
        }

        private List<Object> list() {
            List<Object> values = new ArrayList<>();
            position++;
            while (text.charAt(position) != ')') {
                values.add(value());
                if (text.charAt(position) == ' ') {
                    position++;
                    assertThat(text.charAt(position)).isNotIn(' ', ')');
                }
            }
            position++;
            return values;
        }

        private String quoted() {
            StringBuilder out = new StringBuilder();
            position++;
            while (text.charAt(position) != '"') {
                if (text.charAt(position) == '\\') {
                    position++;
                }
                char c = text.charAt(position++);
                assertThat(c).isBetween('\t', '~').isNotIn('\r', '\n');
                out.append(c);
            }
            position++;
            return out.toString();
        }
    }
}
