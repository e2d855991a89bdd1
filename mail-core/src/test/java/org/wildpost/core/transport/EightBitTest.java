// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RFC 6152 §3, RFC 6531 §3.5: 8-bit text and international mail at hosts that do not know them. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EightBitTest {
    private static final String TEXT =
            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n";

    /** Of a message on the wire. */
    private static final String END = ".\r\n";

    private final Caller caller = new Caller();

    @AfterEach
    void hangUp() {
        caller.close();
    }

    private static Mailing eight(String content) {
        Mailing plain = Caller.carrying(content, "you@example.org");
        return new Mailing(
                plain.reversePath(), plain.options(), plain.recipients(), plain.content(), true, plain.needsUtf8());
    }

    private static Mailing international(boolean eight) {
        Mailing plain = Caller.carrying(TEXT, "jürgen@example.org");
        return new Mailing(plain.reversePath(), plain.options(), plain.recipients(), plain.content(), eight, true);
    }

    @Test
    void sendsItAsItIsWhere8BitmimeIsOffered() throws IOException {
        PoliteServer part = new PoliteServer("8BITMIME");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            assertThat(caller.send(server, eight(TEXT))).singleElement().isInstanceOf(Fate.Taken.class);
        }
        assertThat(part.deliveries().getFirst().mail()).endsWith(" BODY=8BITMIME");
        assertThat(part.deliveries().getFirst().content()).isEqualTo((TEXT + END).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void convertsItWhere8BitmimeIsNot() throws IOException {
        PoliteServer part = new PoliteServer("SIZE 1000");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            assertThat(caller.send(server, eight(TEXT))).singleElement().isInstanceOf(Fate.Taken.class);
        }
        String sent = TEXT.replace("8bit", "quoted-printable").replace("Grüße", "Gr=C3=BC=C3=9Fe");
        assertThat(part.deliveries().getFirst().mail()).isEqualTo("MAIL FROM:<me@example.com> SIZE=" + sent.length());
        assertThat(part.deliveries().getFirst().content()).asString().isEqualTo(sent + END);
    }

    @Test
    void convertsNothingThatIsSignedAndSaysSo() throws IOException {
        PoliteServer part = new PoliteServer();
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            assertThat(caller.send(server, eight("DKIM-Signature: v=1; d=example.com\r\n" + TEXT)))
                    .containsExactly(new Fate.Never(
                            "5.6.3",
                            "the host does not offer 8BITMIME, and the message is signed, and another encoding would break the signature",
                            Fate.Chance.OTHER_HOST));
            assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    @Test
    void convertsNothingAroundAnAttachedMessageThatIsSigned() throws IOException {
        String forwarded =
                "MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                        + "DKIM-Signature: v=1; d=far.test\r\n" + TEXT;
        PoliteServer part = new PoliteServer("8BITMIME");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            assertThat(caller.send(server, eight(forwarded))).singleElement().isInstanceOf(Fate.Taken.class);
        }
        assertThat(part.deliveries().getFirst().mail()).endsWith(" BODY=8BITMIME");
        assertThat(part.deliveries().getFirst().content())
                .isEqualTo((forwarded + END).getBytes(StandardCharsets.UTF_8));
        try (ScriptedServer old = ScriptedServer.playing(new PoliteServer())) {
            assertThat(caller.send(old, eight(forwarded)))
                    .singleElement()
                    .satisfies(fate -> assertThat(fate.status()).isEqualTo("5.6.3"));
        }
    }

    @Test
    void minglesNoSizes() throws IOException {
        String large = TEXT + "ü".repeat(100) + "\r\n";
        int size = large.getBytes(StandardCharsets.UTF_8).length;
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer("SIZE " + (size + 10)))) {
            assertThat(caller.send(server, eight(large)))
                    .singleElement()
                    .satisfies(fate -> assertThat(fate.status()).isEqualTo("5.3.4"));
        }
    }

    @Test
    void defersWhatCannotBeRead() throws IOException {
        Mailing plain = eight(TEXT);
        Mailing broken = new Mailing(
                plain.reversePath(),
                plain.options(),
                plain.recipients(),
                new Mailing.Content() {
                    @Override
                    public long size() {
                        return 100;
                    }

                    @Override
                    public InputStream open() throws IOException {
                        throw new IOException("the database is away");
                    }
                },
                true,
                false);
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer())) {
            assertThat(caller.send(server, broken))
                    .containsExactly(new Fate.Later(
                            "4.3.0",
                            "the message cannot be read here: the database is away",
                            Fate.Scope.MESSAGE,
                            Fate.Chance.NONE));
        }
    }

    @Test
    void returnsInternationalMailWhereSmtputf8IsNotOffered() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer("8BITMIME"))) {
            assertThat(caller.send(server, international(true)))
                    .containsExactly(new Fate.Never(
                            "5.6.7",
                            "addresses or header need SMTPUTF8, and the host does not offer it",
                            Fate.Chance.NONE));
            assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    @Test
    void sendsInternationalMailWhereBothAreOffered() throws IOException {
        PoliteServer part = new PoliteServer("8BITMIME", "SMTPUTF8");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            assertThat(caller.send(server, international(true))).singleElement().isInstanceOf(Fate.Taken.class);
        }
        assertThat(part.deliveries().getFirst().mail()).endsWith(" BODY=8BITMIME SMTPUTF8");
        try (ScriptedServer half = ScriptedServer.playing(new PoliteServer("SMTPUTF8"))) {
            assertThat(caller.send(half, international(true)))
                    .singleElement()
                    .satisfies(fate -> assertThat(fate.status()).isEqualTo("5.6.3"));
        }
    }
}
