// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;

/** RFC 5465 §5.4, §5.5. */
class TreeChangeTest {
    /** Mailboxes as {@code id:name}, subscriptions as {@code +name}, between spaces. */
    private static MailboxList list(String words) {
        List<MailboxStatus> mailboxes = Stream.of(words.split(" "))
                .filter(word -> word.contains(":"))
                .map(word -> word.split(":"))
                .map(parts -> new MailboxStatus(
                        new MailboxId(Long.parseLong(parts[0])),
                        new MailboxName(parts[1]),
                        Optional.empty(),
                        1,
                        1,
                        1,
                        0,
                        0,
                        0,
                        1,
                        0))
                .toList();
        Set<MailboxName> subscriptions = Set.copyOf(Stream.of(words.split(" "))
                .filter(word -> word.startsWith("+"))
                .map(word -> new MailboxName(word.substring(1)))
                .toList());
        return new MailboxList(mailboxes, subscriptions);
    }

    private static String written(TreeChange change) {
        return change.name().value()
                + change.oldName().map(old -> "<" + old.value()).orElse("")
                + String.join("", change.attributes());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1:a,                1:a,                ''
            1:a,                1:a 2:b,            b\\HasNoChildren
            1:a 2:b,            1:a,                b\\NonExistent
            1:a,                1:b,                b<a\\HasNoChildren
            1:a 2:b,            2:a 1:b,            a<b\\HasNoChildren b<a\\HasNoChildren
            1:a,                2:a,                a\\HasNoChildren
            1:a 2:b,            1:b,                b<a\\HasNoChildren
            1:a,                1:a 2:a/b,          a\\HasChildren a/b\\HasNoChildren
            1:a 2:a/b,          1:a,                a\\HasNoChildren a/b\\NonExistent
            1:a 2:a/b,          1:c 2:c/b,          c<a\\HasChildren c/b<a/b\\HasNoChildren
            '',                 1:a/b/c,            a\\NonExistent\\HasChildren a/b\\NonExistent\\HasChildren a/b/c\\HasNoChildren
            1:a/b/c,            '',                 a\\NonExistent a/b\\NonExistent a/b/c\\NonExistent
            1:a/b/c,            1:a/d,              a/b\\NonExistent a/d<a/b/c\\HasNoChildren
            1:a/b/c 2:a,        1:a/b/c 2:a 3:a/b/d, a/b/d\\HasNoChildren
            1:a,                1:a +a,             a\\HasNoChildren\\Subscribed
            1:a +a,             1:a,                a\\HasNoChildren
            1:a +a,             +a,                 a\\NonExistent\\Subscribed
            1:a,                1:a +b/c,           b/c\\NonExistent\\Subscribed
            1:a,                1:b +b,             b<a\\HasNoChildren\\Subscribed
            """)
    void isTheDifferenceOfTwoLooks(String before, String after, String changes) {
        List<String> expected = changes.isEmpty() ? List.of() : List.of(changes.split(" "));
        assertThat(TreeChange.between(list(before), list(after)).stream().map(TreeChangeTest::written))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void hasTheCauseOfWhatHappened() {
        TreeChange both = TreeChange.between(list("1:a"), list("1:a 2:b +b")).getFirst();
        assertThat(both.causes()).containsOnly(NotifyEvent.MAILBOX_NAME, NotifyEvent.SUBSCRIPTION_CHANGE);
        TreeChange one = TreeChange.between(list("1:a"), list("1:a +a")).getFirst();
        assertThat(one.causes()).containsOnly(NotifyEvent.SUBSCRIPTION_CHANGE);
    }

    @ParameterizedTest
    @CsvSource({"a,true", "a/b,true", "a/b/c,true", "ab,false", "b,false"})
    void isDueToANameAboveOrBelow(String own, boolean due) {
        TreeChange change = TreeChange.between(list("1:x"), list("1:x 2:a/b")).getFirst();
        assertThat(change.isDueTo(Set.of(new MailboxName(own)))).isEqualTo(due);
    }
}
