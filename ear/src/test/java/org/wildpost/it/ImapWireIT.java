// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** IMAP4rev1 on the whole server, session, services and database together (RFC 3501, RFC 9051). */
@ExtendWith(DemoServer.class)
class ImapWireIT {
    private static final String UTF8_BODY =
            Base64.getEncoder().encodeToString("zweiter Text mit Ümläuten".getBytes(StandardCharsets.UTF_8));

    /** Options and text of the messages that are searched. */
    private static final List<Map.Entry<String, String>> MESSAGES = List.of(
            Map.entry("(\\Seen) \"02-Jan-2024 00:30:00 +0000\" ", """
                    From: Ann <ann@x.test>
                    To: bob@y.test
                    Cc: carl@z.test
                    Bcc: dan@w.test
                    Subject: Hello World
                    Date: Mon, 1 Jan 2024 23:30:00 -0500
                    Message-ID: <1@x>
                    X-Empty:

                    first body needle
                    """),
            Map.entry("(\\Flagged $Work) \"03-Jan-2024 12:00:00 +0000\" ", """
                    From: =?utf-8?Q?J=C3=BCrgen?= <j@x.test>
                    Subject: =?iso-8859-1?Q?Gr=FC=DFe?=
                    Date: Tue, 2 Jan 2024 00:30:00 +0100
                    MIME-Version: 1.0
                    Content-Type: text/plain; charset=utf-8
                    Content-Transfer-Encoding: base64

                    """ + UTF8_BODY + "\n"),
            Map.entry(
                    "(\\Answered \\Draft) \"04-Jan-2024 12:00:00 +0000\" ",
                    "Subject: third\n\n" + "x".repeat(5000) + "\n"),
            Map.entry("(\\Deleted) \"05-Jan-2024 12:00:00 +0000\" ", """
                    Subject: fourth
                    Date: bogus
                    Content-Type: multipart/mixed; boundary=b

                    --b
                    Content-Type: text/html

                    <b>bold needle</b>
                    --b
                    Content-Type: message/rfc822

                    Subject: innersubject

                    innerbody
                    --b--
                    """),
            Map.entry("\"06-Jan-2024 12:00:00 +0000\" ", """
                    Subject: 中文 主题
                    Date: Fri, 5 Jan 2024 10:00:00 +0800

                    正文 内容
                    """));

    /** Search keys and the numbers of the messages that match (RFC 3501 §6.4.4). */
    private static final String KEYS = """
            ALL                                       | 1 2 3 4 5
            ANSWERED                                  | 3
            DELETED                                   | 4
            DRAFT                                     | 3
            FLAGGED                                   | 2
            SEEN                                      | 1
            UNANSWERED                                | 1 2 4 5
            UNDELETED                                 | 1 2 3 5
            UNDRAFT                                   | 1 2 4 5
            UNFLAGGED                                 | 1 3 4 5
            UNSEEN                                    | 2 3 4 5
            NEW                                       | 2 3 4 5
            OLD                                       |
            RECENT                                    | 1 2 3 4 5
            KEYWORD $work                             | 2
            UNKEYWORD $Work                           | 1 3 4 5
            FROM "ann@X"                              | 1
            TO bob                                    | 1
            CC carl                                   | 1
            BCC dan                                   | 1
            SUBJECT "hello world"                     | 1
            BODY NEEDLE                               | 1 4
            BODY carl@z                               |
            BODY innersubject                         | 4
            TEXT carl@z                               | 1
            TEXT innerbody                            | 4
            HEADER Message-ID 1@x                     | 1
            HEADER X-Empty ""                         | 1
            HEADER X-None ""                          |
            HEADER subject ""                         | 1 2 3 4 5
            LARGER 4000                               | 3
            SMALLER 4000                              | 1 2 4 5
            BEFORE 3-Jan-2024                         | 1
            ON "3-Jan-2024"                           | 2
            SINCE 4-Jan-2024                          | 3 4 5
            SENTON 1-Jan-2024                         | 1
            SENTON 2-Jan-2024                         | 2
            SENTSINCE 2-Jan-2024                      | 2 5
            SENTBEFORE 2-Jan-2024                     | 1
            NOT SENTBEFORE 2-Jan-2024                 | 2 3 4 5
            2,4:*                                     | 2 4 5
            *:4                                       | 4 5
            UID 2:3                                   | 2 3
            UID 99:*                                  | 5
            UID 99                                    |
            NOT UID 1:3                               | 4 5
            OR OR SEEN FLAGGED DELETED                | 1 2 4
            NOT OR SEEN FLAGGED                       | 3 4 5
            (OR (SEEN FROM ann) (FLAGGED KEYWORD $Work)) 1:2 | 1 2
            NOT (OR (BODY needle) (SUBJECT third)) UNSEEN | 2 5
            """;

    private static String mailbox(ImapWire session) throws IOException {
        String name = "wire-" + UUID.randomUUID();
        session.command("CREATE " + name);
        return name;
    }

    @Test
    void searchesByEveryKeyAndInTheCharsetOfTheClient(Instance server) throws IOException {
        try (ImapWire session = new ImapWire(server, "alice@demo.test")) {
            String mailbox = mailbox(session);
            for (Map.Entry<String, String> message : MESSAGES) {
                byte[] octets = message.getValue().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
                session.append(mailbox, message.getKey(), octets);
            }
            session.command("SELECT " + mailbox);
            for (String row : KEYS.lines().toList()) {
                String[] columns = row.split("\\|", -1);
                assertThat(found(session, columns[0].strip())).as(columns[0]).isEqualTo(columns[1].strip());
            }
            for (String charset : List.of("UTF-8", "GB18030", "UTF-16BE")) {
                byte[] octets = "主题".getBytes(java.nio.charset.Charset.forName(charset));
                String literal = "{" + octets.length + "+}\r\n" + new String(octets, StandardCharsets.ISO_8859_1);
                assertThat(found(session, "CHARSET " + charset + " SUBJECT " + literal))
                        .as(charset)
                        .isEqualTo("5");
            }
            assertThat(found(session, "CHARSET ISO-8859-1 SUBJECT \"gr\u00fc\u00dfe\""))
                    .isEqualTo("2");
            assertThat(session.answers("SEARCH CHARSET X-UNKNOWN ALL").getLast())
                    .contains(" NO [BADCHARSET (US-ASCII UTF-8)] ");
        }
    }

    private static String found(ImapWire session, String key) throws IOException {
        return session.command("SEARCH " + key)
                .getFirst()
                .substring("* SEARCH".length())
                .strip();
    }

    /** RFC 9051 §7.5.1: what another session removes keeps its number until a command that counts otherwise. */
    @Test
    void keepsSequenceNumbersUntilTheClientMayHear(Instance server) throws IOException {
        try (ImapWire one = new ImapWire(server, "alice@demo.test");
                ImapWire two = new ImapWire(server, "alice@demo.test")) {
            String mailbox = mailbox(one);
            for (int i = 1; i <= 5; i++) {
                one.append(mailbox, "", ("Subject: " + i + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            one.command("SELECT " + mailbox);
            two.command("SELECT " + mailbox);
            two.command("STORE 2,4 +FLAGS.SILENT (\\Deleted)");
            assertThat(two.command("EXPUNGE")).containsExactly("* 2 EXPUNGE", "* 3 EXPUNGE");

            assertThat(one.answers("FETCH 1:5 (RFC822.SIZE)"))
                    .hasSize(4)
                    .contains("* 5 FETCH (RFC822.SIZE 14)")
                    .last()
                    .asString()
                    .contains("NO [EXPUNGEISSUED]");
            assertThat(one.command("SEARCH ALL")).containsExactly("* SEARCH 1 3 5");
            assertThat(one.answers("STORE 5 +FLAGS (\\Flagged)"))
                    .first()
                    .asString()
                    .startsWith("* 5 FETCH (FLAGS (\\Flagged");
            assertThat(one.command("UID SEARCH ALL")).containsExactly("* SEARCH 1 3 5", "* 2 EXPUNGE", "* 3 EXPUNGE");
            assertThat(one.command("FETCH 3 (UID)")).containsExactly("* 3 FETCH (UID 5)");

            two.append(mailbox, "", "Subject: 6\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(one.answers("FETCH 4 (UID)").getLast()).contains(" BAD ");
            assertThat(one.command("FETCH 4 (UID)")).containsExactly("* 4 FETCH (UID 6)");
        }
    }

    /** RFC 3501 §6.3.5: INBOX stays, its messages go, what is below it stays. */
    @Test
    void renamesInbox(Instance server) throws IOException {
        try (ImapWire session = new ImapWire(server, "alice@demo.test")) {
            String name = "old-" + UUID.randomUUID();
            session.append("INBOX", "", "Subject: moves\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            session.command("CREATE INBOX/" + name);
            String before =
                    session.command("STATUS INBOX (UIDNEXT UIDVALIDITY)").getFirst();
            session.command("RENAME inbox " + name);

            assertThat(session.command("STATUS INBOX (MESSAGES)")).containsExactly("* STATUS \"INBOX\" (MESSAGES 0)");
            assertThat(session.command("STATUS INBOX (UIDNEXT UIDVALIDITY)")).containsExactly(before);
            assertThat(session.command("LIST \"\" \"*" + name + "\""))
                    .containsExactly(
                            "* LIST (\\HasNoChildren) \"/\" \"INBOX/" + name + "\"",
                            "* LIST (\\HasNoChildren) \"/\" \"" + name + "\"");
            session.command("SELECT " + name);
            assertThat(found(session, "SUBJECT moves")).isNotEmpty();
        }
    }
}
