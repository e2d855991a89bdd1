// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar rules of single fields, as tables. */
class HeaderGrammarTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    =?ISO-8859-1?Q?a?=                                       | a
                    =?ISO-8859-1?Q?a?= b                                     | a b
                    =?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=                    | ab
                    =?ISO-8859-1?Q?a?=   =?ISO-8859-1?Q?b?=                  | ab
                    =?ISO-8859-1?Q?a_b?=                                     | a b
                    =?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=                   | a b
                    =?utf-8?B?5L0=?= =?utf-8?B?oOWlvQ==?=                    | 你好
                    =?utf-8*en?Q?caf=C3=A9?=                                 | café
                    =?x-unknown?Q?a?=                                        | =?x-unknown?Q?a?=
                    x =?utf-8?B?%%%?= y                                      | x =?utf-8?B?%%%?= y
                    =?utf-8?q?open                                           | =?utf-8?q?open
                    """)
    void decodesEncodedWords(String written, String read) {
        // RFC 2047 §8 and what senders make of it.
        assertThat(EncodedWords.decode(written)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a@b                                   | -/a/b
                    Ann <a@b>                             | Ann/a/b
                    "Doe, Ann" <a@b>, c@d                 | Doe, Ann/a/b -/c/d
                    "Ann \\"X\\" Doe" <a@b>               | Ann "X" Doe/a/b
                    <@one,@two:a@b>, <@:c@d>              | -/a/b/@one,@two -/c/d/@
                    a@b (Ann (the first))                 | Ann (the first)/a/b
                    Friends: a@b, c@d;                    | -/Friends/- -/a/b -/c/d -/-/-
                    undisclosed-recipients:;              | -/undisclosed-recipients/- -/-/-
                    Open: a@b                             | -/Open/- -/a/b -/-/-
                    postmaster                            | -/postmaster/
                    ,, ,                                  | ''
                    "with space"@b                        | -/with space/b
                    Ann <"with space"@b>                  | Ann/with space/b
                    ann . doe @ b . c                     | -/ann.doe/b.c
                    Ann <a@b(comment).  c>                | Ann/a/b.c
                    Ann <>                                | Ann//
                    """)
    void readsAddressLists(String written, String read) {
        List<Mailbox> found = AddressList.parse(written);
        assertThat(found.stream().map(HeaderGrammarTest::shown).collect(Collectors.joining(" ")))
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Fri, 21 Nov 1997 09:55:06 -0600          | 1997-11-21T09:55:06-06:00
                    Thu, 13 Feb 1969 23:32:54 -0330 (Newfoundland Time) | 1969-02-13T23:32:54-03:30
                    21 Nov 97 09:55:06 GMT                   | 1997-11-21T09:55:06Z
                    1 Jan 05 1:02 EST                        | 2005-01-01T01:02-05:00
                    Tue, 1 Jul 2003 10:52:37 +0200           | 2003-07-01T10:52:37+02:00
                    Fri, 31 Dec 1999 23:59:60 +0000          | 1999-12-31T23:59:59Z
                    2 Feb 2020                               | 2020-02-02T00:00Z
                    1 Jan 2020 25:00:00 +0200                | 2020-01-01T00:00+02:00
                    1 Jan 2020 01:00 +9999                   | 2020-01-01T01:00Z
                    """)
    void readsDates(String written, String read) {
        // RFC 5322 appendix A and the obsolete forms of §4.3; what cannot be, as RFC 5256 §2.2 says.
        assertThat(MailDate.parse(written)).hasToString("Optional[" + read + "]");
    }

    @ParameterizedTest
    @CsvSource({"''", "yesterday", "32 Jan 2020 00:00:00 +0000", "1 Foo 2020 00:00:00 +0000"})
    void knowsWhatIsNoDate(String written) {
        assertThat(MailDate.parse(written)).isEmpty();
    }

    @Test
    void joinsParametersOfRfc2231() {
        ParameterParser.Value value = ParameterParser.parse(
                "application/x-stuff; title*0*=us-ascii'en'This%20is%20even%20more%20; title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"");
        assertThat(value.word()).isEqualTo("application/x-stuff");
        assertThat(value.parameters()).containsEntry("title", "This is even more ***fun*** isn't it!");
    }

    @Test
    void readsParametersThatBrokenSendersWrite() {
        assertThat(ParameterParser.parse(
                                "text/plain; name = a b.txt ; ; x; charset=(comment)utf-8 (another); charset=second")
                        .parameters())
                .containsEntry("name", "a b.txt")
                .containsEntry("charset", "utf-8")
                .hasSize(2);
        assertThat(ParameterParser.parse("a/b; name=\"=?utf-8?B?5L2g?=.txt\"").parameters())
                .containsEntry("name", "你.txt");
        assertThat(ParameterParser.parse("a/b; name=\"open").parameters()).containsEntry("name", "open");
    }

    @Test
    void passesOverLinesThatAreNoFields() {
        byte[] header = "From me\r\n folded\r\nA: 1\r\n 2\r\nbad name: x\r\n: none\r\nB:\r\n"
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(HeaderFields.parse(header).fields())
                .containsExactly(new HeaderFields.Field("a", "1 2"), new HeaderFields.Field("b", ""));
    }

    private static String shown(Mailbox mailbox) {
        return or(mailbox.name()) + "/" + or(mailbox.mailbox()) + "/" + or(mailbox.host())
                + (mailbox.route() == null ? "" : "/" + mailbox.route());
    }

    private static String or(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "-" : text;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A: 1\r\n 2\r\nB: 3\r\n\r\nC: 4\r\n",
                "A: 1\n 2\nB: 3\n\nC: 4\n",
                "A: 1\r\n 2\r\nB: 3",
                "A: 1\r\n 2\r\nB: 3\r\n\r"
            })
    void aMessagesHeaderEndsAtTheEmptyLine(String message) {
        assertThat(HeaderFields.ofMessage(message.getBytes(StandardCharsets.UTF_8))
                        .fields())
                .containsExactly(new HeaderFields.Field("a", "1 2"), new HeaderFields.Field("b", "3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r", "\n", "\r\nC: 4\r\n"})
    void aMessageMayHaveNoHeader(String message) {
        assertThat(HeaderFields.ofMessage(message.getBytes(StandardCharsets.UTF_8))
                        .fields())
                .isEmpty();
    }
}
