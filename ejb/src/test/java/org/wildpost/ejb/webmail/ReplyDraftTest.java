// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeCodec;
import org.wildpost.core.mime.MimeIndexer;

/** How answers begin, how addresses are typed, and how parts are found. */
class ReplyDraftTest {
    private static final EmailAddress ALICE = EmailAddress.parse("alice@demo.test");

    @Test
    void answersWhereTheSenderAsksAndToAllOthersOnce() throws IOException {
        OpenedMessage message = message(
                "From: Bob <bob@demo.test>\r\nReply-To: list@demo.test\r\n"
                        + "To: ALICE@demo.test, dan@demo.test\r\nCc: Eve <eve@demo.test>, list@demo.test, dan@demo.test\r\n\r\nx");

        List<Correspondent> to = ReplyDraft.to(message, ALICE);

        assertThat(Correspondent.format(to)).isEqualTo("list@demo.test");
        assertThat(Correspondent.format(ReplyDraft.cc(message, ALICE, to)))
                .isEqualTo("dan@demo.test, Eve <eve@demo.test>");
    }

    @Test
    void continuesOnesOwnLetterToThoseItWentTo() throws IOException {
        OpenedMessage message = message("From: alice@demo.test\r\nTo: bob@demo.test\r\n\r\nx");

        assertThat(Correspondent.format(ReplyDraft.to(message, ALICE))).isEqualTo("bob@demo.test");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Hello             | Re: Hello            | Fwd: Hello
            Re: Hello         | Re: Hello            | Fwd: Re: Hello
            RE : Hello        | Re: Hello            | Fwd: RE : Hello
            回复：你好          | Re: 你好              | Fwd: 回复：你好
            Fwd: Hello        | Re: Fwd: Hello       | Fwd: Hello
            Regards           | Re: Regards          | Fwd: Regards
            """)
    void prefixesSubjectsOnce(String subject, String reply, String forward) {
        assertThat(ReplyDraft.replySubject(subject)).isEqualTo(reply);
        assertThat(ReplyDraft.forwardSubject(subject)).isEqualTo(forward);
    }

    @Test
    void quotesEachLine() {
        assertThat(ReplyDraft.quote("""
                a

                > b
                """)).isEqualTo("""
                > a
                >
                >> b""");
    }

    /** RFC 5322 §3.6.4. */
    @Test
    void continuesTheThreadAndKeepsItShort() throws IOException {
        OpenedMessage message = message("Message-ID: <c@x>\r\nIn-Reply-To: <b@x>\r\n\r\nx");
        String many = "<0@x> " + "<n@x> ".repeat(3)
                + String.join(
                        " ", Arrays.asList("<1@x> <2@x> <3@x> <4@x> <5@x> <6@x> <7@x> <8@x> <9@x> <10@x>".split(" ")))
                + " <11@x> <12@x> <13@x> <14@x> <15@x> <16@x> <17@x> <18@x> <19@x>";

        assertThat(ReplyDraft.references(message, "")).containsExactly("<b@x>", "<c@x>");
        assertThat(ReplyDraft.references(message, "<a@x> <b@x>")).containsExactly("<a@x>", "<b@x>", "<c@x>");
        assertThat(ReplyDraft.references(message, many))
                .hasSize(20)
                .startsWith("<0@x>")
                .endsWith("<19@x>", "<c@x>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a@b.test                                    | a@b.test
            a@b.test; Bob <b@b.test>，c@b.test           | a@b.test, Bob <b@b.test>, c@b.test
            "Doe, Bob" <b@b.test>, , x@b.test           | "Doe, Bob" <b@b.test>, x@b.test
            "say \\"hi\\"" <b@b.test>                   | "say \\"hi\\"" <b@b.test>
            张伟 <z@b.test>                              | 张伟 <z@b.test>
            """)
    void readsAddressesAsPeopleTypeThem(String typed, String read) {
        assertThat(Correspondent.format(Correspondent.parseList(typed))).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "a@b.test c@d.test", "Bob <b@>", "a@b.test, <", "a@b.test\u0000"})
    void refusesWhatIsNoAddress(String typed) {
        assertThatThrownBy(() -> Correspondent.parseList(typed)).isInstanceOf(NotAnAddress.class);
    }

    @Test
    void namesTheEntryThatIsNoAddress() {
        assertThatThrownBy(() -> Correspondent.parseList("a@b.test, Bob <b@>, c"))
                .isInstanceOfSatisfying(
                        NotAnAddress.class, e -> assertThat(e.entry()).isEqualTo("Bob <b@>"));
    }

    @Test
    void sortsPartsForReading() throws IOException {
        OpenedMessage message = message("""
                Content-Type: multipart/mixed; boundary=m

                --m
                Content-Type: multipart/related; boundary=r

                --r
                Content-Type: multipart/alternative; boundary=a

                --a
                Content-Type: text/plain

                plain
                --a
                Content-Type: text/html

                <p>html
                --a--
                --r
                Content-Type: image/png
                Content-ID: <logo@x>

                x
                --r--
                --m
                Content-Type: text/plain; name="../../etc/passwd"
                Content-Disposition: attachment

                y
                --m--
                """.replace("\n", "\r\n"));
        MessageParts parts = MessageParts.of(message.root());

        assertThat(parts.text().map(MessagePart::number)).contains("1.1.1");
        assertThat(parts.html().map(MessagePart::number)).contains("1.1.2");
        assertThat(parts.pictures()).extracting(MessagePart::number).containsExactly("1.2");
        assertThat(parts.attachments()).extracting(MessagePart::fileName).containsExactly("passwd");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.txt              | a.txt
            C:\\x\\evil.exe    | evil.exe
            ../../.bashrc      | bashrc
            a\u202Egpj.exe     | agpj.exe
            con:a?.txt         | cona.txt
            """)
    void offersOnlySafeFileNames(String given, String safe) {
        assertThat(MessagePart.safe(given)).isEqualTo(safe);
    }

    @Test
    void pullsABodyInSlicesAndNoticesThatItIsGone() throws IOException {
        byte[] stored = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        try (PartBody body = new PartBody(
                        (offset, length) -> Optional.of(Arrays.copyOfRange(
                                stored, (int) offset, Math.min((int) offset + length, stored.length))),
                        2,
                        10,
                        3);
                PartBody gone = new PartBody((offset, length) -> Optional.empty(), 0, 5, 3)) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("23456789ab");
            assertThatThrownBy(gone::read).isInstanceOf(FileNotFoundException.class);
        }
    }

    private static OpenedMessage message(String octets) throws IOException {
        try (SpooledMessage message = SpooledMessage.of(octets.getBytes(StandardCharsets.UTF_8))) {
            MessageIndex index = MimeIndexer.index(message);
            FetchRow row = new FetchRow(
                    1,
                    1,
                    Flags.NONE,
                    1,
                    Instant.EPOCH,
                    message.size(),
                    MimeCodec.encode(index.envelope()),
                    MimeCodec.encode(index.root()),
                    0,
                    "",
                    Optional.empty());
            MailboxStatus inbox = new MailboxStatus(
                    new MailboxId(1), MailboxName.INBOX, Optional.empty(), 1, 2, 1, 1, 1, 0, 1, message.size());
            return new OpenedMessage(inbox, row, index.envelope(), index.root(), MessageParts.of(index.root()));
        }
    }
}
