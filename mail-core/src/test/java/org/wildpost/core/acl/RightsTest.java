// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/** Rights and their letters (RFC 4314 §2.1), identifiers (§2, §3), and names of others' mailboxes (RFC 2342 §5). */
class RightsTest {
    /** RFC 4314 §2.1.1, the examples first. */
    @ParameterizedTest
    @CsvSource({
        "lrswida, lrswitead",
        "lrswikda, lrswikteacd",
        "rwipslxetad, lrswipxteacd",
        "c, kxc",
        "cd, kxtecd",
        "x, xc",
        "k, kc",
        "e, ed",
        "t, td",
        "aaa, a",
        "'', ''"
    })
    void tellsTheObsoleteRightsBesideTheirParts(String written, String told) {
        assertThat(Rights.parse(written).orElseThrow().text()).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lrQswicda", "lrqswicda", "0", "l r", "+l", "L", "\u00e4"})
    void knowsNoOtherRights(String written) {
        assertThat(Rights.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"lrswi, +cda, lrswikxtea", "lrswi, -c, lrswi", "lrxk, -c, lr", "lr, wt, wt", "lr, '', ''", "lr, +, lr"})
    void changesAnEntry(String before, String change, String after) {
        assertThat(RightsChange.parse(change)
                        .orElseThrow()
                        .apply(Rights.parse(before).orElseThrow())
                        .letters())
                .isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", " ", "a\tb", "\u0000", "\u2028", "-\ue000"})
    void someIdentifiersAreNobodys(String written) {
        assertThat(Identifier.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "anyone, anyone",
        "-anyone, -anyone",
        "Anyone, anyone",
        "Bob@Demo.Test, bob@demo.test",
        "-Bob@demo.test, -bob@demo.test",
        "\uff42ob@demo.test, bob@demo.test"
    })
    void identifiersAreCompared(String written, String text) {
        assertThat(Identifier.parse(written).map(Identifier::text)).contains(text);
    }

    @Test
    void onlyTheReservedWordIsEverybody() {
        assertThat(Identifier.parse("anyone")).contains(Identifier.EVERYBODY);
        assertThat(Identifier.parse("bob@demo.test")).contains(Identifier.account("Bob@demo.test"));
    }

    @Test
    void whatIsTakenAwayIsNotGivenByAnother() {
        AccessEntry anyone = new AccessEntry(Identifier.EVERYBODY, Rights.of(Right.LOOKUP, Right.WRITE));
        AccessEntry fred = new AccessEntry(Identifier.account("fred"), Rights.of(Right.READ));
        AccessEntry against = new AccessEntry(new Identifier(true, Optional.of("fred")), Rights.of(Right.WRITE));

        assertThat(AccessEntry.effective(List.of(against, anyone, fred)).letters())
                .isEqualTo("lr");
        assertThat(AccessEntry.effective(List.of())).isEqualTo(Rights.NONE);
    }

    /** RFC 4314 §4, the example of COPY. */
    @ParameterizedTest
    @CsvSource({"rwis, \\Draft, k \\Answered \\Seen", "rsti, \\Deleted, \\Seen"})
    void keepsTheFlagsThatMayBeSet(String letters, String first, String others) {
        Rights rights = Rights.parse(letters).orElseThrow();
        Flags kept = FlagRights.kept(
                new Flags(
                        SystemFlag.DELETED.bit()
                                | SystemFlag.SEEN.bit()
                                | SystemFlag.DRAFT.bit()
                                | SystemFlag.ANSWERED.bit(),
                        List.of("k")),
                rights);

        for (SystemFlag flag : SystemFlag.values()) {
            assertThat(kept.has(flag)).isEqualTo((first + " " + others).contains(flag.text()));
        }
        assertThat(kept.has("k")).isEqualTo(others.contains("k"));
    }

    @ParameterizedTest
    @CsvSource({
        "Other Users/Bob@demo.test/Work/2026, bob@demo.test, Work/2026, Other Users/bob@demo.test/Work/2026",
        "Other Users/bob@demo.test/inbox, bob@demo.test, INBOX, Other Users/bob@demo.test/INBOX"
    })
    void othersMailboxesHaveTheirOwnersInTheirNames(String written, String owner, String name, String full) {
        SharedName shared = SharedName.parse(new MailboxName(written)).orElseThrow();

        assertThat(shared).isEqualTo(new SharedName(owner, new MailboxName(name)));
        assertThat(shared.full()).contains(new MailboxName(full));
    }

    @ParameterizedTest
    @CsvSource({
        "Other Users/Bob@Demo.TEST/inbox, Other Users/bob@demo.test/INBOX",
        "Other Users/Bob@demo.test/Inbox/X, Other Users/bob@demo.test/INBOX/X",
        "Other Users/Bob@demo.test/Work, Other Users/bob@demo.test/Work",
        "Other Users/Bob@demo.test, Other Users/bob@demo.test",
        "Other Users, Other Users",
        "other users/Bob@demo.test/inbox, other users/Bob@demo.test/inbox",
        "Work/Inbox, Work/Inbox"
    })
    void othersMailboxesHaveOneSpelling(String written, String canonical) {
        assertThat(SharedName.canonical(new MailboxName(written))).isEqualTo(new MailboxName(canonical));
    }

    @ParameterizedTest
    @CsvSource({
        "Other Users, true",
        "Other Users/x, true",
        "Other Users/x/y, true",
        "Other Users2, false",
        "other users/x, false",
        "INBOX, false",
        "x/Other Users, false"
    })
    void saysWhichNamesAreOthers(String name, boolean foreign) {
        assertThat(SharedName.isForeign(new MailboxName(name))).isEqualTo(foreign);
    }

    @Test
    void whatIsNoNameIsNotShown() {
        assertThat(SharedName.parse(new MailboxName("Other Users/bob@demo.test")))
                .isEmpty();
        assertThat(new SharedName("bob@demo.test", new MailboxName("x".repeat(240))).full())
                .isEmpty();
        assertThat(new SharedName("a/b@demo.test", MailboxName.INBOX).full()).isEmpty();
    }
}
