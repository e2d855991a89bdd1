// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.adapter.imap.AppendPiece.Within;
import org.wildpost.adapter.imap.AppendStep.Begin;
import org.wildpost.adapter.imap.AppendStep.End;
import org.wildpost.adapter.imap.AppendStep.Url;
import org.wildpost.adapter.imap.Frame.MessageLiteral;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/** RFC 9051 §9 append, RFC 3502 §4, RFC 4469 §5, RFC 6855 §4 and RFC 8508 §5, piece by piece. */
class AppendParserTest {
    private static final Begin PLAIN = new Begin(Flags.NONE, Optional.empty());
    private static final Optional<MessageLiteral> LITERAL = Optional.of(new MessageLiteral(310, true, false));
    private static final Optional<MessageLiteral> LITERAL8 = Optional.of(new MessageLiteral(310, true, true));

    private static ImapCommand parse(String text, Optional<MessageLiteral> literal, Set<Extension> enabled)
            throws ImapParseException {
        return ImapParser.parse(new Frame(text, List.of(), literal), ImapLimits.DEFAULTS, enabled)
                .command();
    }

    private static AppendPiece first(String text, Optional<MessageLiteral> literal) throws ImapParseException {
        return ((MailboxCommand.Append) parse(text, literal, Set.of())).piece();
    }

    private static AppendPiece rest(String text, Optional<MessageLiteral> literal, Within within, boolean single)
            throws ImapParseException {
        Frame frame = new Frame(text, List.of(), literal);
        return AppendParser.rest(frame, ImapLimits.DEFAULTS, Set.of(), within, single);
    }

    @Test
    void readsAppendUpToItsMessage() throws Exception {
        String text = "A003 APPEND saved-messages (\\Seen $Forwarded) \" 7-Feb-1994 21:52:25 -0800\" ";
        var append = (MailboxCommand.Append) parse(text, LITERAL, Set.of());
        assertThat(append.mailbox().value()).isEqualTo("saved-messages");
        Flags flags = new Flags(SystemFlag.SEEN.bit(), List.of("$Forwarded"));
        Begin begin = new Begin(flags, Optional.of(Instant.parse("1994-02-08T05:52:25Z")));
        assertThat(append.piece()).isEqualTo(new AppendPiece(List.of(begin), LITERAL, Within.MESSAGE));
    }

    @Test
    void endsBehindTheMessageOrBeginsAnother() throws Exception {
        AppendPiece end = new AppendPiece(List.of(new End()), Optional.empty(), Within.NOTHING);
        assertThat(rest("", Optional.empty(), Within.MESSAGE, false)).isEqualTo(end);
        assertThat(rest("  ", Optional.empty(), Within.MESSAGE, true)).isEqualTo(end);
        Begin seen = new Begin(Flags.of(SystemFlag.SEEN), Optional.empty());
        assertThat(rest(" (\\Seen) ", LITERAL8, Within.MESSAGE, false))
                .isEqualTo(new AppendPiece(List.of(new End(), seen), LITERAL8, Within.MESSAGE));
        assertThat(rest(" ", LITERAL, Within.MESSAGE, false))
                .isEqualTo(new AppendPiece(List.of(new End(), PLAIN), LITERAL, Within.MESSAGE));
    }

    @Test
    void readsCatenateUpToItsTextsAndBehindThem() throws Exception {
        assertThat(first("a APPEND x CATENATE (URL \"/a/;UID=1\" URL /b/;UID=2 TEXT ", LITERAL))
                .isEqualTo(new AppendPiece(
                        List.of(PLAIN, new Url("/a/;UID=1"), new Url("/b/;UID=2")), LITERAL, Within.CATENATE));
        assertThat(first("a APPEND x catenate (url /a/;UID=1)", Optional.empty()))
                .isEqualTo(new AppendPiece(
                        List.of(PLAIN, new Url("/a/;UID=1"), new End()), Optional.empty(), Within.NOTHING));
        assertThat(rest(" URL z TEXT ", LITERAL, Within.CATENATE, false))
                .isEqualTo(new AppendPiece(List.of(new Url("z")), LITERAL, Within.CATENATE));
        assertThat(rest(") CATENATE (TEXT ", LITERAL, Within.CATENATE, false))
                .isEqualTo(new AppendPiece(List.of(new End(), PLAIN), LITERAL, Within.CATENATE));
    }

    @Test
    void readsUtf8WhereItIsEnabled() throws Exception {
        String text = "a APPEND x UTF8 (";
        var append = (MailboxCommand.Append) parse(text, LITERAL8, Set.of(Extension.UTF8_ACCEPT));
        assertThat(append.piece()).isEqualTo(new AppendPiece(List.of(PLAIN), LITERAL8, Within.UTF8));
        assertThat(rest(")", Optional.empty(), Within.UTF8, false).steps()).containsExactly(new End());
        assertThatThrownBy(() -> parse(text, LITERAL8, Set.of())).isInstanceOf(ImapParseException.class);
        assertThatThrownBy(() -> parse(text, LITERAL, Set.of(Extension.UTF8_ACCEPT)))
                .isInstanceOf(ImapParseException.class);
    }

    @Test
    void readsUtf8AsAPartOfCatenate() throws Exception {
        Set<Extension> utf8 = Set.of(Extension.UTF8_ACCEPT);
        String text = "a APPEND x CATENATE (URL z UTF8 (";
        var append = (MailboxCommand.Append) parse(text, LITERAL8, utf8);
        assertThat(append.piece())
                .isEqualTo(new AppendPiece(List.of(PLAIN, new Url("z")), LITERAL8, Within.CATENATE_UTF8));
        assertThat(rest(") URL y)", Optional.empty(), Within.CATENATE_UTF8, false)
                        .steps())
                .containsExactly(new Url("y"), new End());
        assertThatThrownBy(() -> rest(" URL y)", Optional.empty(), Within.CATENATE_UTF8, false))
                .isInstanceOf(ImapParseException.class);
        assertThatThrownBy(() -> parse(text, LITERAL8, Set.of())).isInstanceOf(ImapParseException.class);
        assertThatThrownBy(() -> parse(text, LITERAL, utf8)).isInstanceOf(ImapParseException.class);
    }

    @Test
    void readsReplaceWithASequenceNumberOrAUid() throws Exception {
        var replace = (MessageCommand.Replace) parse("A003 REPLACE 4 Drafts (\\Seen \\Draft) ", LITERAL, Set.of());
        assertThat(replace.uid()).isFalse();
        assertThat(replace.replaced().first()).containsExactly(4);
        assertThat(replace.target().value()).isEqualTo("Drafts");
        Begin draft = new Begin(Flags.of(SystemFlag.SEEN, SystemFlag.DRAFT), Optional.empty());
        assertThat(replace.piece().steps()).containsExactly(draft);
        var byUid = (MessageCommand.Replace) parse("a UID REPLACE 2000 Drafts ", LITERAL8, Set.of());
        assertThat(byUid.uid()).isTrue();
        assertThat(byUid.replaced().last()).containsExactly(2000);
        for (String verb : List.of("REPLACE", "UID REPLACE")) {
            var last = (MessageCommand.Replace) parse("a " + verb + " * Drafts ", LITERAL, Set.of());
            assertThat(last.replaced().first()).containsExactly(SequenceSet.STAR);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", " (\\Seen) ", " CATENATE (TEXT "})
    void takesOneMessageForReplace(String text) {
        assertThatThrownBy(() -> rest(text, LITERAL, Within.MESSAGE, true))
                .isInstanceOf(ImapParseException.class)
                .hasMessageContaining("one message");
    }

    @ParameterizedTest
    @CsvSource({
        "'a APPEND x', 10",
        "'a APPEND x ', 11",
        "'a APPEND x CATENATE ()', 21",
        "'a APPEND x CATENATE (TEXT \"t\")', 26",
        "'a APPEND x CATENATE (URL)', 21",
        "'a APPEND x CATENATE (URL u v)', 27",
        "'a REPLACE 0 x y', 10",
        "'a UID REPLACE 0 x y', 14",
        "'a REPLACE 1,2 x y', 11",
    })
    void saysWhereItWentWrong(String text, int offset) {
        assertThatThrownBy(() -> parse(text, Optional.empty(), Set.of()))
                .isInstanceOfSatisfying(
                        ImapParseException.class, e -> assertThat(e.offset()).isEqualTo(offset));
    }
}
