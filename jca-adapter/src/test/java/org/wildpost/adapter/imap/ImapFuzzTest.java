// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.adapter.login.DemoTokens;

/** RFC 9051 §2.2.1: whatever comes, in whatever state, there is a tagged answer or a farewell, never a crash and never silence. */
class ImapFuzzTest {
    private static final List<String> SEEDS = List.of(
            "CAPABILITY",
            "NOOP",
            "STARTTLS",
            "IDLE",
            "ID (\"a\" NIL)",
            "ID (\"name\" \"sodr\" \"version\" {5+}\r\n19.34 \"vendor\" NIL \"date\" \"\")",
            "LOGIN a b",
            "AUTHENTICATE PLAIN =",
            "AUTHENTICATE OAUTHBEARER " + DemoTokens.GOOD_BEARER,
            "AUTHENTICATE OAUTHBEARER " + DemoTokens.BAD_BEARER,
            "AUTHENTICATE XOAUTH2 " + DemoTokens.GOOD_XOAUTH2,
            "AUTHENTICATE SCRAM-SHA-256 biwsbj1hbGljZUBkZW1vLnRlc3Qscj1yT3ByTkdmd0ViZVJXZ2JORWtxTw==",
            "AUTHENTICATE SCRAM-SHA-256-PLUS cD10bHMtZXhwb3J0ZXIsLG49YWxpY2VAZGVtby50ZXN0LHI9cg==",
            "UNAUTHENTICATE",
            "ENABLE X",
            "ENABLE IMAP4rev2 UTF8=ACCEPT",
            "SELECT INBOX",
            "EXAMINE Sent",
            "CREATE a/b/c",
            "DELETE a",
            "RENAME a b",
            "SUBSCRIBE a",
            "UNSUBSCRIBE a",
            "LIST \"\" *",
            "LIST (SUBSCRIBED) \"\" (% a) RETURN (STATUS (MESSAGES))",
            "LIST (RECURSIVEMATCH SUBSCRIBED REMOTE) \"\" (\"\" %/% INBOX) RETURN (CHILDREN SPECIAL-USE)",
            "STATUS INBOX (RECENT DELETED-STORAGE)",
            "GETMETADATA (MAXSIZE 5) INBOX (/private/comment)",
            "GETMETADATA \"\" (DEPTH infinity) (/shared /private)",
            "SETMETADATA INBOX (/private/comment \"x\" /shared/comment NIL)",
            "SETMETADATA INBOX (/private/comment ~{2+}\r\nhi)",
            "LIST \"\" * RETURN (METADATA (/private/comment) STATUS (MESSAGES))",
            "GETQUOTA \"#user/alice@demo.test\"",
            "GETQUOTAROOT INBOX",
            "SETQUOTA \"\" (STORAGE 512 MESSAGE 9)",
            "CREATE x/y (USE (\\Important))",
            "LSUB \"\" %",
            "NAMESPACE",
            "STATUS INBOX (MESSAGES UIDNEXT)",
            "STATUS INBOX (SIZE MAILBOXID)",
            "LIST \"\" * RETURN (SPECIAL-USE STATUS (SIZE APPENDLIMIT) MYRIGHTS)",
            "ENABLE IMAP4rev2 CONDSTORE",
            "APPEND INBOX (\\Seen) \"01-Jan-2020 00:00:00 +0000\" {3+}\r\nabc",
            "APPEND INBOX {3+}\r\nabc (\\Flagged) {3+}\r\ndef ~{2+}\r\ng\0",
            "APPEND INBOX CATENATE (URL \"/INBOX/;UID=1/;SECTION=1\" TEXT {3+}\r\nabc URL {3+}\r\nxyz TEXT {2+}\r\nde)",
            "APPEND INBOX (\\Seen) UTF8 (~{5+}\r\n\u00c3\u00bc\r\n\r)",
            "APPEND INBOX CATENATE (UTF8 (~{2+}\r\n\u00c3\u00bc) URL \";UID=1\" TEXT {1+}\r\nx)",
            "APPEND INBOX {3+}\r\na\0b",
            "REPLACE 1 INBOX (\\Seen) {3+}\r\nabc",
            "UID REPLACE 2 INBOX CATENATE (TEXT {3+}\r\nabc)",
            "STATUS INBOX (APPENDLIMIT)",
            "COMPRESS DEFLATE",
            "CHECK",
            "EXPUNGE",
            "UID EXPUNGE 1:*",
            "SEARCH OR (SEEN NOT FROM x) UID 1:3 SINCE 1-Jan-2020",
            "SEARCH CHARSET UTF-8 TEXT {2+}\r\nhi",
            "SEARCH RETURN (MIN MAX COUNT SAVE) OLDER 1 YOUNGER 99999",
            "UID SEARCH RETURN (PARTIAL -1:-2 UPDATE CONTEXT) OR $ UID $",
            "SORT (REVERSE DATE SUBJECT DISPLAYFROM) UTF-8 UNSEEN",
            "UID SORT RETURN (ALL RELEVANCY PARTIAL 1:2) (RELEVANCY) UTF-8 FUZZY (SUBJECT x)",
            "THREAD REFERENCES UTF-8 ALL",
            "UID THREAD ORDEREDSUBJECT US-ASCII 1:3",
            "ESEARCH IN (mailboxes (INBOX Sent) subtree-one a selected) RETURN (COUNT) ALL",
            "CANCELUPDATE \"t1\" \"t2\"",
            "UID FETCH $ (UID) (PARTIAL 1:2)",
            "UID EXPUNGE $",
            "FETCH 1:* (FLAGS BODY[HEADER.FIELDS (A B)]<0.5> ENVELOPE BODYSTRUCTURE)",
            "UID FETCH 1,2 BODY.PEEK[1.MIME]",
            "FETCH 1 FULL",
            "FETCH 1:3 (EMAILID THREADID SAVEDATE PREVIEW (LAZY))",
            "SEARCH SAVEDATESUPPORTED SAVEDSINCE 1-Jan-2020 SAVEDBEFORE 2-Jan-2020",
            "SEARCH EMAILID M1 THREADID T1 SAVEDON 1-Jan-2020",
            "FETCH 1 RFC822",
            "FETCH 1:* (BINARY.SIZE[1] BINARY.PEEK[1.2]<0.5> BINARY[])",
            "ENABLE QRESYNC UIDONLY",
            "SELECT INBOX (CONDSTORE)",
            "SELECT INBOX (QRESYNC (1101 2 1:5,7 (1,2 1,2)))",
            "STATUS INBOX (HIGHESTMODSEQ)",
            "FETCH 1:* (FLAGS MODSEQ) (CHANGEDSINCE 3)",
            "UID FETCH 1:* FLAGS (CHANGEDSINCE 1 VANISHED)",
            "STORE 1 (UNCHANGEDSINCE 5) -FLAGS (\\Seen)",
            "SEARCH MODSEQ \"/flags/\\\\draft\" all 2 MODSEQ 3",
            "STORE 1 +FLAGS.SILENT (\\Seen $x)",
            "UID STORE 1:2 FLAGS a b",
            "SETACL INBOX bob@demo.test +lrswipkxtea",
            "SETACL {5+}\r\nINBOX -anyone \"-cd\"",
            "DELETEACL \"Other Users/bob@demo.test/INBOX\" bob@demo.test",
            "GETACL inbox",
            "LISTRIGHTS Sent {6+}\r\nanyone",
            "MYRIGHTS \"Other Users/bob@demo.test/INBOX\"",
            "LIST \"\" % RETURN (MYRIGHTS)",
            "COPY 1 Sent",
            "UID MOVE 1 Sent",
            "MOVE 2 Trash",
            "UID COPY *:1 Junk",
            "UID SEARCH RETURN (UPDATE (UID BODY.PEEK[HEADER.FIELDS (SUBJECT)]) COUNT) SUBJECT x",
            "NOTIFY NONE",
            "NOTIFY SET STATUS (selected (MessageNew (UID BODY.PEEK[HEADER.FIELDS (FROM)]) MessageExpunge))"
                    + " (subtree Lists (MessageNew MessageExpunge))",
            "NOTIFY SET (selected-delayed (FlagChange MessageExpunge MessageNew)) (mailboxes (INBOX \"a b\") NONE)",
            "NOTIFY SET (personal (MailboxName SubscriptionChange)) (inboxes (AnnotationChange MessageNew MessageExpunge))",
            "NOTIFY SET (subscribed (ServerMetadataChange X))",
            "CLOSE",
            "UNSELECT");
    private static final String ALPHABET = "(){}[]<>\"\\*%,:.+-$=~&\u0001\u007f\u00e9 \t0129aZ";

    private static String mutated(Random random, String seed) {
        StringBuilder text = new StringBuilder(seed);
        for (int n = random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
                case 2 -> text.insert(at, SEEDS.get(random.nextInt(SEEDS.size())), 0, 2);
                default -> text.setLength(at);
            }
        }
        return filled(text.toString());
    }

    /** A client that does not wait sends as much as it announced, or the server waits for the rest and nobody says anything. */
    private static String filled(String text) {
        String line = text + "\r\n";
        Matcher literal = Pattern.compile("\\{([0-9]{1,6})\\+\\}\\r?\\n").matcher(line);
        int end = 0;
        while (literal.find()) {
            end = Math.max(end, literal.end() + Integer.parseInt(literal.group(1)));
        }
        return end <= text.length() ? text : line + "x".repeat(Math.max(0, end - line.length()));
    }

    private static LiveSession session(MemoryMail mail, String state) {
        LiveSession session = new LiveSession(
                mail, !state.equals("plain"), ImapLimits.DEFAULTS.withCounts(1_000_000, Integer.MAX_VALUE, 1_000_000));
        session.connection.nextLine();
        switch (state) {
            case "plain", "fresh", "authenticating" -> {
                // Nobody is logged in.
            }
            case "loggedIn" -> session.command("a LOGIN alice@demo.test wildpost");
            case "examined" -> {
                session.command("a LOGIN alice@demo.test wildpost");
                session.command("a EXAMINE INBOX");
            }
            default -> {
                session.command("a LOGIN alice@demo.test wildpost");
                session.command("a SELECT INBOX");
            }
        }
        return session;
    }

    /** What stands before each command in those states that a command begins and its continuation ends. */
    private static String opening(String state) {
        return switch (state) {
            case "authenticating" -> "o AUTHENTICATE SCRAM-SHA-256\r\n";
            case "idling" -> "o IDLE\r\n";
            case "appending" -> "o APPEND INBOX {20}\r\n";
            default -> "";
        };
    }

    /** A command that may leave a literal or an exchange open is closed by more lines; NOOP with a tag of its own shows that the session lives. */
    private static boolean answers(LiveSession session, String state, String command, int number) {
        String probe = "probe" + number;
        session.connection.send(
                opening(state) + "t" + number + " " + command + "\r\n*\r\nDONE\r\n" + probe + " NOOP\r\n");
        for (int extra = 0; extra < 50; extra++) {
            String all = session.connection.awaitEither(probe + " OK", "* BYE", "+ ");
            if (all.contains("* BYE")) {
                return false;
            }
            if (all.contains(probe + " OK")) {
                return true;
            }
            // A literal or an exchange waits: feed it until it ends.
            session.connection.send("x".repeat(70_000).substring(0, 1 + extra * 1_400) + "\r\n" + probe + " NOOP\r\n");
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "fresh", "authenticating", "loggedIn", "selected", "examined", "idling", "appending"})
    void answersMutatedCommands(String state) {
        Random random = new Random(state.hashCode());
        MemoryMail mail = new MemoryMail(PlainIndex::of);
        mail.tokens = Optional.of(DemoTokens.ISSUER);
        for (int i = 0; i < 5; i++) {
            mail.deliver("INBOX", "Subject: " + i + "\r\nA: b\r\n\r\nbody\r\n");
        }
        LiveSession session = session(mail, state);
        int lived = 0;
        for (int i = 0; i < 1_500; i++) {
            String command = mutated(random, SEEDS.get(random.nextInt(SEEDS.size())));
            if (answers(session, state, command, i)) {
                lived++;
            } else {
                session.close();
                session = session(mail, state);
            }
        }
        session.close();
        assertThat(lived).as("most sessions live on").isGreaterThan(1_000);
        assertThat(mail.watchers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "fresh", "authenticating", "loggedIn", "selected", "examined", "idling", "appending"})
    void survivesRandomOctets(String state) {
        Random random = new Random(state.hashCode() + 1L);
        MemoryMail mail = new MemoryMail(PlainIndex::of);
        mail.deliver("INBOX", "Subject: x\r\n\r\nbody\r\n");
        for (int i = 0; i < 300; i++) {
            byte[] octets = new byte[random.nextInt(400)];
            random.nextBytes(octets);
            for (int n = random.nextInt(10); n > 0 && octets.length > 2; n--) {
                int at = random.nextInt(octets.length - 1);
                octets[at] = '\r';
                octets[at + 1] = '\n';
            }
            try (LiveSession session = session(mail, state)) {
                session.connection.send(opening(state));
                session.connection.send(octets);
                session.connection.send("\r\nz LOGOUT\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertThat(mail.watchers()).isZero();
    }
}
