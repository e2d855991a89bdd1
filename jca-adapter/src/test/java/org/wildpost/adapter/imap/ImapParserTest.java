// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.search.SearchKey;

/** RFC 9051 §9 and RFC 3501 §9, the documents' examples first. */
class ImapParserTest {
    private static ImapCommand parse(String text, String... literals) throws ImapParseException {
        List<byte[]> octets = Arrays.stream(literals)
                .map(l -> l.getBytes(StandardCharsets.UTF_8))
                .toList();
        Frame frame = new Frame(text.replace("{}", "\0"), octets, Optional.empty());
        return ImapParser.parse(frame, ImapLimits.DEFAULTS, Set.of()).command();
    }

    private static ImapCommand parse(String text, Extension enabled) throws ImapParseException {
        return ImapParser.parse(new Frame(text, List.of(), Optional.empty()), ImapLimits.DEFAULTS, Set.of(enabled))
                .command();
    }

    @Test
    void readsLoginWithAtomsQuotedStringsAndLiterals() throws Exception {
        for (String form : List.of("a001 LOGIN SMITH SESAME", "a001 login \"SMITH\" \"SESAME\"")) {
            var login = (LoginCommand.Login) parse(form);
            assertThat(login.username()).isEqualTo("SMITH");
            assertThat(login.password().reveal()).isEqualTo("SESAME");
        }
        var login = (LoginCommand.Login) parse("A001 LOGIN {} {}", "FRED FOOBAR", "fat man");
        assertThat(login.username()).isEqualTo("FRED FOOBAR");
        assertThat(login.password().reveal()).isEqualTo("fat man");
        assertThat(login.toString()).doesNotContain("fat man");
    }

    @Test
    void readsQuotedSpecialsAndUtf8InLogin() throws Exception {
        var login = (LoginCommand.Login) parse("a LOGIN \"a\\\"b\\\\c\" {}", "pässwörd");
        assertThat(login.username()).isEqualTo("a\"b\\c");
        assertThat(login.password().reveal()).isEqualTo("pässwörd");
    }

    @Test
    void readsMailboxNamesInModifiedUtf7() throws Exception {
        assertThat(parse("a SELECT inbox"))
                .isEqualTo(new MailboxCommand.Select(
                        MailboxName.INBOX, false, Optional.of("inbox"), SelectParameters.NONE));
        assertThat(parse("a EXAMINE \"Entw&APw-rfe\""))
                .isEqualTo(new MailboxCommand.Select(
                        new MailboxName("Entwürfe"), true, Optional.empty(), SelectParameters.NONE));
        assertThat(parse("a CREATE owatagusiam/"))
                .isEqualTo(
                        new MailboxCommand.Create(new MailboxName("owatagusiam"), Optional.empty(), Optional.empty()));
        assertThat(parse("a CREATE Everything (USE (\\Archive))"))
                .isEqualTo(new MailboxCommand.Create(
                        new MailboxName("Everything"), Optional.of(SpecialUse.ARCHIVE), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a STATUS \"\" (MESSAGES)", "a CREATE a//b", "a CREATE &Jjo", "a DELETE \"a%b\""})
    void refusesNamesThatNoMailboxCanHave(String line) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOfSatisfying(
                        ImapParseException.class,
                        e -> assertThat(e.reply().code()).isEqualTo("CANNOT"));
    }

    /** RFC 9051 §6.3.2: the refusal is an answer, for the mailbox before is left. */
    @Test
    void readsTheSelectionOfANameThatNoMailboxCanHave() throws Exception {
        for (String line : List.of("a SELECT \"\"", "a EXAMINE a//b (CONDSTORE)")) {
            var none = (MailboxCommand.SelectNone) parse(line);
            assertThat(none.refusal().code()).isEqualTo("CANNOT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a CREATE x (USE (\\All))", "a CREATE x (USE (\\Sent \\Trash))"})
    void refusesUsesThatNoMailboxCanHave(String line) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOfSatisfying(
                        ImapParseException.class,
                        e -> assertThat(e.reply().code()).isEqualTo("USEATTR"));
    }

    @ParameterizedTest
    @CsvSource({
        "'*', '9223372036854775807-9223372036854775807'",
        "'2:4', '2-4'",
        "'4:2', '2-4'",
        "'2,4:7,9,12:*', '2-2 4-7 9-9 12-9223372036854775807'",
        "'*:4,5:7', '4-9223372036854775807 5-7'",
        "'4294967295', '4294967295-4294967295'",
    })
    void readsSequenceSets(String text, String expected) throws Exception {
        SequenceSet set = ((MessageCommand.Copy) parse("a COPY " + text + " x")).messages();
        StringBuilder got = new StringBuilder();
        for (int i = 0; i < set.ranges(); i++) {
            got.append(i == 0 ? "" : " ").append(set.first()[i]).append('-').append(set.last()[i]);
        }
        assertThat(got.toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1:0",
                "01",
                "4294967296",
                "1,",
                ",1",
                "1:",
                ":1",
                "1::2",
                "a",
                "",
                "-1",
                "1:2:3",
                "$,1",
                "1,$",
                "$:1",
                "**",
                "99999999999999999999"
            })
    void refusesOtherSequenceSets(String text) {
        assertThatThrownBy(() -> parse("a COPY " + text + " x")).isInstanceOf(ImapParseException.class);
    }

    @Test
    void readsFetchItemsAndMacros() throws Exception {
        var fetch = (MessageCommand.Fetch) parse("A654 FETCH 2:4 (FLAGS BODY[HEADER.FIELDS (DATE FROM)])");
        assertThat(fetch.items())
                .extracting(item -> item instanceof FetchItem.Octets o ? o.label() : item.toString())
                .containsExactly("FLAGS", "BODY[HEADER.FIELDS (DATE FROM)]");
        assertThat(((MessageCommand.Fetch) parse("a FETCH 1 full")).items()).hasSize(5);
        var partial = (MessageCommand.Fetch) parse("a UID FETCH 1 BODY.PEEK[4.2.2.MIME]<0.2048>");
        var octets = (FetchItem.Octets) partial.items().getFirst();
        assertThat(octets.label()).isEqualTo("BODY[4.2.2.MIME]");
        assertThat(octets.peek()).isTrue();
        assertThat(octets.section()).isEqualTo(new Section(List.of(4, 2, 2), Section.Kind.MIME, List.of()));
        assertThat(octets.partial()).contains(new FetchItem.Partial(0, 2048));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a FETCH 1 ()",
                "a FETCH 1 (ALL)",
                "a FETCH 1 BODY[",
                "a FETCH 1 BODY[]<1>",
                "a FETCH 1 BODY[]<0.0>",
                "a FETCH 1 BODY[MIME]",
                "a FETCH 1 BODY[0]",
                "a FETCH 1 BODY[1.]",
                "a FETCH 1 BODY[1.FOO]",
                "a FETCH 1 BODY[HEADER.FIELDS]",
                "a FETCH 1 BODY[HEADER.FIELDS ()]",
                "a FETCH 1 (FLAGS",
                "a FETCH 1 FLAGS x",
                "a FETCH 1",
                "a FETCH",
                "a FETCH 1 NIL",
                "a FETCH 1 BODY.PEEK",
                "a FETCH 1 RFC822.FOO",
                "a FETCH 1 BODY[HEADER.FIELDS (\"a b\")]"
            })
    void refusesOtherFetches(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(ImapParseException.class);
    }

    @Test
    void readsStore() throws Exception {
        assertThat(((MessageCommand.Store) parse("A003 STORE 2:4 +FLAGS (\\Deleted)")))
                .extracting(MessageCommand.Store::mode, MessageCommand.Store::flags, MessageCommand.Store::silent)
                .containsExactly(StoreRequest.Mode.ADD, Flags.of(SystemFlag.DELETED), false);
        assertThat(((MessageCommand.Store) parse("a UID STORE 1 -flags.silent \\seen $Junk")))
                .extracting(MessageCommand.Store::mode, MessageCommand.Store::flags, MessageCommand.Store::silent)
                .containsExactly(StoreRequest.Mode.REMOVE, new Flags(SystemFlag.SEEN.bit(), List.of("$Junk")), true);
        assertThat(((MessageCommand.Store) parse("a STORE 1 FLAGS ()")).flags()).isEqualTo(Flags.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a STORE 1 +FLAGS (\\Recent)",
                "a STORE 1 FLAGS (\\Foo)",
                "a STORE 1 FLAG (x)",
                "a STORE 1 FLAGS",
                "a STORE 1 FLAGS (a"
            })
    void refusesOtherStores(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(ImapParseException.class);
    }

    private static SearchKey key(String line, String... literals) throws ImapParseException {
        SearchTerm term =
                ((MessageCommand.Search) parse(line, literals)).criteria().term();
        return term.resolve(MailboxViewTest.view(3, 5, 8), Instant.EPOCH);
    }

    @Test
    void readsSearchKeys() throws Exception {
        assertThat(key("A282 SEARCH FLAGGED SINCE 1-Feb-1994 NOT FROM \"Smith\"")
                        .toString())
                .isEqualTo(
                        "And[keys=[HasFlag[flag=FLAGGED], Arrived[when=SINCE, date=1994-02-01], Not[key=InEnvelope[field=FROM, text=Smith]]]]");
        assertThat(key("a SEARCH OR (TEXT {} UNSEEN) NOT NOT SENTON \"3-Mar-2001\"", "x y")
                        .toString())
                .isEqualTo(
                        "Or[left=And[keys=[Text[text=x y], Not[key=HasFlag[flag=SEEN]]]], right=Not[key=Not[key=Sent[when=ON, date=2001-03-03]]]]");
        assertThat(key("a SEARCH HEADER Message-ID \"\" LARGER 10 UNKEYWORD $Junk BODY z")
                        .toString())
                .isEqualTo(
                        "And[keys=[Header[field=MESSAGE-ID, text=], Larger[octets=10], Not[key=HasKeyword[keyword=$Junk]], Body[text=z]]]");
    }

    @Test
    void turnsNumbersOfASearchIntoUids() throws Exception {
        assertThat(((SearchKey.Uids) key("a SEARCH 2:*")).uids()).containsExactly(5, 8);
        assertThat(((SearchKey.Uids) key("a SEARCH UID 4:6")).uids()).containsExactly(5);
        assertThat(((SearchKey.Uids) key("a SEARCH 2,900")).uids()).containsExactly(5);
        assertThat(((SearchKey.Uids) key("a UID SEARCH RECENT")).uids()).containsExactly(8);
    }

    @Test
    void decodesSearchTextsFromTheirCharset() throws Exception {
        assertThat(key("a SEARCH CHARSET UTF-8 SUBJECT {}", "жар"))
                .isEqualTo(new SearchKey.InEnvelope(SearchKey.EnvelopeField.SUBJECT, "жар"));
        Frame frame = new Frame(
                "a SEARCH CHARSET ISO-2022-JP TEXT \0",
                List.of("日本".getBytes(java.nio.charset.Charset.forName("ISO-2022-JP"))),
                Optional.empty());
        var search = (MessageCommand.Search)
                ImapParser.parse(frame, ImapLimits.DEFAULTS, Set.of()).command();
        assertThat(search.criteria().term()).isEqualTo(new SearchTerm.Plain(new SearchKey.Text("日本")));
        assertThat(((MessageCommand.Search) parse("a SEARCH CHARSET X-NONE ALL"))
                        .criteria()
                        .charsetKnown())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a SEARCH",
                "a SEARCH ()",
                "a SEARCH FOO",
                "a SEARCH NOT",
                "a SEARCH OR ALL",
                "a SEARCH (ALL",
                "a SEARCH ON 31-Feb-2020",
                "a SEARCH ON x",
                "a SEARCH LARGER x",
                "a SEARCH SUBJECT",
                "a SEARCH HEADER x",
                "a SEARCH CHARSET",
                "a SEARCH RETURN (ALL ALL) ALL"
            })
    void refusesOtherSearches(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(ImapParseException.class);
    }

    @Test
    void boundsTheNestingOfASearch() {
        String deep = "a SEARCH " + "NOT ".repeat(5_000) + "ALL";
        assertThatThrownBy(() -> parse(deep))
                .isInstanceOf(ImapParseException.class)
                .hasMessageContaining("nested");
        String parens = "a SEARCH " + "(".repeat(5_000) + "ALL" + ")".repeat(5_000);
        assertThatThrownBy(() -> parse(parens))
                .isInstanceOf(ImapParseException.class)
                .hasMessageContaining("nested");
        String part = "a FETCH 1 BODY[" + "1.".repeat(5_000) + "1]";
        assertThatThrownBy(() -> parse(part))
                .isInstanceOf(ImapParseException.class)
                .hasMessageContaining("deeper");
    }

    @Test
    void boundsTheNumberOfArguments() {
        String many = "a FETCH 1 (" + "FLAGS ".repeat(ImapLimits.DEFAULTS.arguments()) + "UID)";
        assertThatThrownBy(() -> parse(many))
                .isInstanceOf(ImapParseException.class)
                .hasMessageContaining("arguments");
    }

    @Test
    void readsListInAllItsForms() throws Exception {
        var plain = (MailboxCommand.ListMailboxes) parse("A101 LIST \"\" \"\"");
        assertThat(plain.patterns()).containsExactly("");
        assertThat(plain.form()).isEqualTo(MailboxCommand.ListForm.BASIC);
        var extended = (MailboxCommand.ListMailboxes)
                parse("a LIST (SPECIAL-USE) \"\" (% \"a/*\") RETURN (CHILDREN SUBSCRIBED STATUS (MESSAGES SIZE))");
        assertThat(extended.select()).containsExactly(MailboxCommand.ListOption.SPECIAL_USE);
        assertThat(extended.patterns()).containsExactly("%", "a/*");
        assertThat(extended.returned().status())
                .containsExactly(MailboxCommand.StatusItem.MESSAGES, MailboxCommand.StatusItem.SIZE);
        var lsub = (MailboxCommand.ListMailboxes) parse("a LSUB \"#news.\" comp.mail.*");
        assertThat(lsub.form()).isEqualTo(MailboxCommand.ListForm.LSUB);
    }

    /** RFC 5258 §1: any of three things makes it the extended command. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a LIST () \"\" \"\"",
                "a LIST \"\" (\"\")",
                "a LIST \"\" \"\" RETURN ()",
                "a LIST (REMOTE SUBSCRIBED RECURSIVEMATCH subscribed) \"\" % RETURN (CHILDREN CHILDREN)",
            })
    void knowsTheExtendedList(String line) throws Exception {
        assertThat(((MailboxCommand.ListMailboxes) parse(line)).form()).isEqualTo(MailboxCommand.ListForm.EXTENDED);
    }

    /** RFC 5258 §3 and §3.1. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a LIST (RECURSIVEMATCH) \"\" %",
                "a LIST (REMOTE RECURSIVEMATCH) \"\" %",
                "a LIST (CHILDREN) \"\" %",
                "a LIST (STATUS (MESSAGES)) \"\" %",
                "a LIST (NEWS) \"\" %",
                "a LIST \"\" ()",
                "a LIST \"\" % (SUBSCRIBED)",
                "a LIST \"\" % RETURN (REMOTE)",
                "a LIST \"\" % RETURN (RECURSIVEMATCH)",
                "a LIST \"\" % RETURN (STATUS ())",
                "a LIST \"\" % RETURN (STATUS)",
                "a LIST \"\" % RETURN (CHILDREN )",
            })
    void refusesOptionsOfListThatMakeNoSense(String line) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOfSatisfying(
                        ImapParseException.class,
                        e -> assertThat(e.reply().status()).isEqualTo(Reply.Status.BAD));
    }

    @ParameterizedTest
    @CsvSource({
        "'a', 1",
        "'a LOGIN', 7",
        "'a LOGIN x', 9",
        "'a NOOP x', 7",
        "'a FETCH 1 BODY[1', 16",
        "'+ NOOP', 0",
        "'a LOGIN \"x', 10",
    })
    void saysWhereACommandWentWrong(String line, int offset) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOfSatisfying(
                        ImapParseException.class, e -> assertThat(e.offset()).isEqualTo(offset));
    }

    @Test
    void takesWhatQuirkyClientsSend() throws Exception {
        assertThat(parse("a NOOP ")).isEqualTo(new AnyStateCommand.Noop());
        assertThat(parse("a AUTHENTICATE plain ")).isEqualTo(new LoginCommand.Authenticate("PLAIN", Optional.empty()));
        assertThat(ImapDates.parseDateTime("7-Feb-1994 21:52:25 +0000", 0))
                .isEqualTo(java.time.Instant.parse("1994-02-07T21:52:25Z"));
        assertThat(Quirk.values()).allMatch(Quirk::tolerated);
    }

    @Test
    void keepsUnknownVerbsApart() throws Exception {
        assertThat(parse("a XYZZY 1 (2")).isEqualTo(new AnyStateCommand.Unrecognised("XYZZY"));
        assertThat(parse("a UID NOOP")).isEqualTo(new AnyStateCommand.Unrecognised("UID NOOP"));
    }

    @Test
    void namesTheDocumentOfEveryCommandAndCapability() {
        assertThat(CommandName.values()).allMatch(c -> c.reference().startsWith("RFC "));
        assertThat(Capabilities.values())
                .extracting(Capabilities::reference)
                .allMatch(r -> r.startsWith("RFC ") || r.startsWith("draft-"));
    }

    /** RFC 7162 §7. */
    @Test
    void readsWhatClientsKnowOfAMailbox() throws Exception {
        SelectParameters.Resync resync = ((MailboxCommand.Select) parse(
                        "a SELECT INBOX (QRESYNC (67890007 20050715194045000 41,43:211,214:541 (1,30:31 41,90:91)))",
                        Extension.QRESYNC))
                .parameters()
                .resync()
                .orElseThrow();

        assertThat(resync.uidValidity()).isEqualTo(67_890_007);
        assertThat(resync.modSeq()).isEqualTo(20_050_715_194_045_000L);
        assertThat(resync.knownUids().orElseThrow().first()).containsExactly(41, 43, 214);
        assertThat(resync.match().orElseThrow().sequences()).containsExactly(1, 30, 31);
        assertThat(resync.match().orElseThrow().uids()).containsExactly(41, 90, 91);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a SELECT INBOX ()",
                "a SELECT INBOX (QRESYNC)",
                "a SELECT INBOX (QRESYNC 1 1)",
                "a SELECT INBOX (QRESYNC (0 1))",
                "a SELECT INBOX (QRESYNC (1 1 *))",
                "a SELECT INBOX (QRESYNC (1 1 1:9 (1 1) 1))",
                "a SELECT INBOX (QRESYNC (1 1 (2,1 3,4)))",
                "a SELECT INBOX (QRESYNC (1 1 (1:4294967295 1:4294967295)))",
                "a SELECT INBOX (QRESYNC (1 1) QRESYNC (1 1))",
                "a SELECT INBOX (CONDSTORE"
            })
    void refusesWhatNobodyCanKnow(String command) {
        assertThatThrownBy(() -> parse(command, Extension.QRESYNC)).isInstanceOf(ImapParseException.class);
    }
}
