// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wildpost.adapter.login.DemoTokens;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.mime.MimeIndexer;

/**
 * Talks as they go over the wire. {@code C:} sends a line, {@code R:} sends octets without a line end (with \r, \n, \0 and \xff as escapes),
 * {@code S:} expects a line, in which {@code ...} stands for anything, {@code D:} delivers a message with a subject from outside, {@code M:} one with the fields
 * between the bars,
 * {@code X:} removes one by its UID, {@code F:} gives one by its UID other flags, {@code G:} gives up the tombstones of a mailbox, {@code N:} makes, renames or deletes a
 * mailbox, changes a subscription or sets an annotation, {@code Q:} sets the quota (octets and messages) or makes an administrator, {@code B:} delivers so many
 * messages, {@code H:} has the store answer so many more questions and then none, until a {@code H:} without a number; what is said of the progress
 * meanwhile may be said more than once. {@code !} sets how the session begins: {@code plain}, {@code tls}, {@code plain-login}, {@code mime} for TLS and
 * messages whose structure is read, {@code tokens} for TLS and logins by token, {@code impatient} for TLS and commands that are long after 20 ms, {@code few}
 * for TLS and three messages in a command.
 *
 * <p>Beside RFC 9051 and RFC 3501 they show RFC 2177 ({@code idle}), RFC 2342, RFC 2971 and RFC 3691 ({@code other}, {@code states}), RFC 4315
 * and RFC 6851 ({@code copy-move}, {@code expunge}), RFC 3348 ({@code list}), RFC 4959 ({@code sasl}), RFC 7628 ({@code sasl-tokens}, {@code sasl-tokens-refused}), RFC 5161 and RFC 9051 ({@code rev2}),
 * RFC 5258, RFC 6154 and RFC 8457 ({@code list-extended}, {@code list-recursive}), RFC 5819 ({@code list-status}),
 * RFC 6855 and RFC 5198 ({@code utf8}), RFC 7888 ({@code literals}), RFC 8437 ({@code unauthenticate}), RFC 8438 ({@code mailboxes}), RFC 8474
 * ({@code objectid}), RFC 8514 and RFC 8970 ({@code savedate-preview}),
 * RFC 9208 ({@code quota}), RFC 5464 and RFC 9590 ({@code metadata}), RFC 5465 ({@code notify}, {@code notify-delayed}, {@code notify-names}, {@code notify-metadata}, {@code notify-condstore}),
 * RFC 7162 ({@code condstore}, {@code condstore-store}, {@code qresync}, {@code qresync-pruned}), RFC 9586 ({@code uidonly}), RFC 4731 and
 * RFC 5032 ({@code esearch}), RFC 5182 ({@code searchres}), RFC 5256, RFC 5267 and RFC 5957 ({@code sort}, {@code thread}, {@code context}),
 * RFC 6203 ({@code fuzzy}), RFC 7377 ({@code multisearch}), RFC 8508 ({@code replace}, {@code replace-update}), RFC 9394 ({@code partial}),
 * RFC 4314, RFC 2342 and RFC 8440 ({@code acl}, {@code acl-rights}, {@code acl-seen}, with RFC 9208 and RFC 5464 {@code acl-quota}),
 * RFC 9585 ({@code inprogress}), RFC 9738 ({@code savelimit}), RFC 6855 and RFC 4469 ({@code utf8-append}), the NUL of RFC 9051 §9 ({@code nul}), examples of RFC 5032, RFC 7889, RFC 8438, RFC 8440, RFC 8514,
 * RFC 8970 and RFC 9394 ({@code rfc-examples}).
 */
class ImapTranscriptTest {
    static Stream<String> topics() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(ImapTranscriptTest.class.getResource("/transcripts/imap"));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.map(file -> file.getFileName().toString().replace(".txt", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void goesAsWritten(String topic) throws IOException {
        List<String> lines;
        try (InputStream in = ImapTranscriptTest.class.getResourceAsStream("/transcripts/imap/" + topic + ".txt")) {
            assertThat(in).as(topic).isNotNull();
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        String mode = lines.getFirst();
        assertThat(mode).startsWith("! ");
        MessageIndexer indexer = mode.equals("! mime") ? MimeIndexer::index : PlainIndex::of;
        MemoryMail mail = new MemoryMail(indexer);
        mail.tokens = mode.equals("! tokens") ? Optional.of(DemoTokens.ISSUER) : Optional.empty();
        ImapLimits limits = limits(mode);
        boolean secure = !mode.startsWith("! plain");
        try (LiveSession session = new LiveSession(mail, secure, mode.equals("! plain-login"), limits, indexer)) {
            AtomicReference<String> said = new AtomicReference<>("");
            int number = 1;
            for (String line : lines.subList(1, lines.size())) {
                number++;
                play(session.connection, mail, line, topic + ":" + number, said);
            }
            session.connection.endOfInput();
            session.ended();
            assertThat(session.connection.output())
                    .as("after the end of " + topic)
                    .isEmpty();
        }
    }

    private static ImapLimits limits(String mode) {
        ImapLimits limits = ImapLimits.DEFAULTS.withMessageSize(1_000);
        return switch (mode) {
            case "! impatient" -> limits.withProgress(Duration.ofMillis(20));
            case "! few" -> limits.withAppends(limits.appendSize(), 3);
            default -> limits;
        };
    }

    /** The UTF-8 of the file as it goes over the wire, one character per octet. */
    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static Map<AnnotationName, Optional<byte[]>> annotation(String[] words) {
        Optional<byte[]> value =
                words.length > 3 ? Optional.of(words[3].getBytes(StandardCharsets.UTF_8)) : Optional.empty();
        return Map.of(AnnotationName.parse(words[2]), value);
    }

    private static void elsewhere(MemoryMail mail, String[] words) {
        MailboxName name = new MailboxName(words[1]);
        mail.ask(l -> switch (words[0]) {
            case "create" -> l.create(MemoryMail.ALICE, name, Optional.empty());
            case "delete" -> l.delete(MemoryMail.ALICE, name);
            case "annotate" -> l.annotate(MemoryMail.ALICE, name, annotation(words));
            case "annotate-server" -> l.annotateServer(MemoryMail.ALICE, annotation(words));
            case "rename" -> l.rename(MemoryMail.ALICE, name, new MailboxName(words[2]));
            default -> {
                l.subscribe(MemoryMail.ALICE, name, words[0].equals("subscribe"));
                yield words[0];
            }
        });
    }

    private static void play(
            ScriptedConnection connection, MemoryMail mail, String line, String where, AtomicReference<String> said) {
        String rest = line.length() > 3 ? octets(line.substring(3)) : "";
        switch (line.isEmpty() ? '#' : line.charAt(0)) {
            case '#' -> {
                // For the reader.
            }
            case 'C' -> connection.send(rest + "\r\n");
            case 'R' ->
                connection.send(rest.replace("\\r", "\r")
                        .replace("\\n", "\n")
                        .replace("\\0", "\0")
                        .replace("\\xff", "\u00ff"));
            case 'D' -> {
                String[] words = rest.split(" ", 2);
                mail.deliver(words[0], "From: bob@demo.test\r\nSubject: " + words[1] + "\r\n\r\nHello Alice\r\n");
            }
            case 'B' -> {
                String[] words = rest.split(" ", 2);
                for (int i = 0; i < Integer.parseInt(words[1]); i++) {
                    mail.deliver(words[0], "Subject: one of many\r\n\r\n");
                }
            }
            case 'H' -> {
                CountDownLatch before = mail.gate;
                if (!rest.isEmpty()) {
                    mail.gateFrom = mail.questions + Integer.parseInt(rest);
                    mail.gate = new CountDownLatch(1);
                }
                before.countDown();
            }
            case 'M' -> {
                String[] words = rest.split(" ", 2);
                mail.deliver(words[0], words[1].replace(" | ", "\r\n") + "\r\n\r\nHello Alice\r\n");
            }
            case 'X' -> {
                String[] words = rest.split(" ", 2);
                mail.remove(words[0], Long.parseLong(words[1]));
            }
            case 'F' -> {
                String[] words = rest.split(" ", 3);
                mail.flag(words[0], Long.parseLong(words[1]), words.length > 2 ? words[2] : "");
            }
            case 'G' -> mail.forget(rest);
            case 'N' -> elsewhere(mail, rest.split(" "));
            case 'Q' -> quota(mail, rest);
            case 'S' -> {
                String pattern = Pattern.quote(rest).replace("...", "\\E.*\\Q");
                String got = connection.nextLine();
                while (got.contains("[INPROGRESS") && got.equals(said.get()) && !got.matches(pattern)) {
                    got = connection.nextLine();
                }
                said.set(got);
                assertThat(got).as(where).matches(pattern);
            }
            default -> throw new AssertionError("what is this: " + where);
        }
    }

    private static void quota(MemoryMail mail, String words) {
        if (words.equals("admin")) {
            mail.quota.administrator = true;
            return;
        }
        String[] limits = words.split(" ", 2);
        mail.quota.limits =
                new QuotaLimits(OptionalLong.of(Long.parseLong(limits[0])), OptionalLong.of(Long.parseLong(limits[1])));
    }
}
