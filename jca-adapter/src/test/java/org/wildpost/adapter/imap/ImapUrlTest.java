// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.listener.imap.MailboxName;

/** RFC 5092 §11 imessagepart and RFC 4469 §3. */
class ImapUrlTest {
    private static Optional<ImapUrl> parse(String url) {
        return ImapUrl.parse(url, ImapLimits.DEFAULTS);
    }

    private static ImapUrl url(String mailbox, long uid, Section section) {
        return new ImapUrl(
                Optional.empty(),
                Optional.of(mailbox).filter(name -> !name.isEmpty()).map(MailboxName::new),
                OptionalLong.empty(),
                uid,
                section,
                Optional.empty());
    }

    @Test
    void readsMessagesAndPartsOfThem() {
        assertThat(parse("/INBOX/;UID=20")).contains(url("INBOX", 20, Section.WHOLE));
        assertThat(parse("/inbox/;uid=20/;section=HEADER")).contains(url("INBOX", 20, Section.HEADER));
        assertThat(parse("/a/b/;UID=4294967295/;SECTION=1.2.MIME"))
                .contains(url("a/b", 4_294_967_295L, new Section(List.of(1, 2), Section.Kind.MIME, List.of())));
        assertThat(parse("/x/;UID=1/;SECTION=HEADER.FIELDS%20(FROM%20%22To%22)"))
                .contains(url("x", 1, new Section(List.of(), Section.Kind.HEADER_FIELDS, List.of("FROM", "To"))));
        ImapUrl drafts = parse("/Drafts;UIDVALIDITY=385759045/;UID=20/;section=1.5/;partial=0.1024")
                .orElseThrow();
        assertThat(drafts.uidValidity()).hasValue(385_759_045);
        assertThat(drafts.partial()).contains(new FetchItem.Partial(0, 1024));
        assertThat(parse("/x/;UID=1/;PARTIAL=7").orElseThrow().partial())
                .contains(new FetchItem.Partial(7, Long.MAX_VALUE));
    }

    @Test
    void readsNamesInUtf8() {
        assertThat(parse("/gr%C3%BC%C3%9Fe%20%26%20%3Bx/;UID=1"))
                .contains(url("gr\u00fc\u00dfe & ;x", 1, Section.WHOLE));
    }

    @Test
    void readsWhatIsRelativeToTheSelectedMailbox() {
        assertThat(parse(";UID=20")).contains(url("", 20, Section.WHOLE));
        assertThat(parse(";UID=20/;SECTION=TEXT")).contains(url("", 20, Section.TEXT));
    }

    @Test
    void readsWhatIsAbsolute() {
        assertThat(parse("imap://Mail.Demo.Test/INBOX/;UID=1").orElseThrow().host())
                .contains("mail.demo.test");
        assertThat(parse("IMAP://mail.demo.test:993/INBOX/;UID=1").orElseThrow().host())
                .contains("mail.demo.test");
        assertThat(parse("//mail.demo.test/INBOX/;UID=1").orElseThrow().host()).contains("mail.demo.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/INBOX",
                "/INBOX/",
                "/INBOX;UID=1",
                "/;UID=1",
                "/INBOX/;UID=0",
                "/INBOX/;UID=99999999999",
                "/INBOX/;UID=1:2",
                "/INBOX/;UID=*",
                "/INBOX/;UID=1/;SECTION=",
                "/INBOX/;UID=1/;SECTION=FOO",
                "/INBOX/;UID=1/;SECTION=HEADER.FIELDS%20(%22a",
                "/INBOX/;UID=1/;SECTION=HEADER.FIELDS%20(%00)",
                "/INBOX/;UID=1/;PARTIAL=1.0",
                "/INBOX/;UID=1/;PARTIAL=x",
                "/INBOX/;UID=1/;URLAUTH=anonymous",
                "/INBOX/;UID=1?SEARCH",
                "/%zz/;UID=1",
                "/%f/;UID=1",
                "/%ff/;UID=1",
                "/a%0Db/;UID=1",
                "//mail.demo.test/;UID=1",
                "imap://alice@mail.demo.test/INBOX/;UID=1",
                "imap://;AUTH=*@mail.demo.test/INBOX/;UID=1",
                "http://mail.demo.test/INBOX/;UID=1",
            })
    void readsNothingElse(String url) {
        assertThat(parse(url)).isEmpty();
    }
}
