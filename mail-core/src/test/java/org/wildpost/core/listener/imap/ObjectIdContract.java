// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wildpost.core.message.Identity;
import org.wildpost.core.search.SearchKey;

/** What does not change about messages and their conversations with every {@link ImapListener} (RFC 8474, RFC 8514). */
public interface ObjectIdContract extends ImapContract {
    private static String message(String id, String subject, String... more) {
        return "Message-ID: <" + id + ">\r\nSubject: " + subject + "\r\n" + String.join("\r\n", more)
                + (more.length > 0 ? "\r\n" : "") + "\r\nbody\r\n";
    }

    private long put(MailboxName mailbox, String text) {
        return ((AppendResult.Appended) append(mailbox, text, SEEN)).uid();
    }

    private Identity identity(MailboxName mailbox, long uid) {
        return listener()
                .fetch(ref(mailbox), new long[] {uid}, Set.of(FetchDetail.THREAD))
                .getFirst()
                .identity()
                .orElseThrow();
    }

    private long thread(MailboxName mailbox, long uid) {
        return identity(mailbox, uid).threadId().orElseThrow();
    }

    @Test
    default void aCopyIsTheSameEmailInTheSameConversation() {
        long first = put(INBOX, "no header at all\r\n\r\nbody\r\n");
        listener().copy(ref(INBOX), new long[] {first}, ARCHIVE);
        listener().copy(ref(ARCHIVE), new long[] {1}, ARCHIVE);
        long other = put(INBOX, "no header at all\r\n\r\nbody\r\n");

        Identity original = identity(INBOX, first);
        assertThat(identity(ARCHIVE, 1).emailId()).isEqualTo(original.emailId());
        assertThat(identity(ARCHIVE, 2).emailId()).isEqualTo(original.emailId());
        assertThat(identity(ARCHIVE, 2).threadId()).isEqualTo(original.threadId());
        assertThat(identity(INBOX, other).emailId()).isNotEqualTo(original.emailId());
        assertThat(identity(INBOX, other).threadId()).isNotEqualTo(original.threadId());
        assertThat(search(ARCHIVE, new SearchKey.SameEmail(original.emailId()))).containsExactly(1, 2);
        assertThat(search(INBOX, new SearchKey.SameEmail(original.emailId()))).containsExactly(first);
    }

    @Test
    default void aMoveKeepsEmailAndConversation() {
        long uid = put(INBOX, message("a@x", "one"));
        Identity before = identity(INBOX, uid);

        listener().move(ref(INBOX), new long[] {uid}, ARCHIVE);

        assertThat(identity(ARCHIVE, 1).emailId()).isEqualTo(before.emailId());
        assertThat(identity(ARCHIVE, 1).threadId()).isEqualTo(before.threadId());
    }

    @Test
    default void aConversationIsWhatRefersToTheSame() {
        long root = put(INBOX, message("a@x", "one"));
        long reply = put(ARCHIVE, message("b@x", "Another subject", "In-Reply-To: <a@x>"));
        long later = put(INBOX, message("c@x", "third", "References: <a@x>", " <b@x>"));
        long alone = put(INBOX, message("d@x", "fourth"));

        long thread = thread(INBOX, root);
        assertThat(thread(ARCHIVE, reply)).isEqualTo(thread);
        assertThat(thread(INBOX, later)).isEqualTo(thread);
        assertThat(thread(INBOX, alone)).isNotEqualTo(thread);
        assertThat(search(INBOX, new SearchKey.InThread(thread))).containsExactly(root, later);
        assertThat(search(INBOX, new SearchKey.Not(new SearchKey.InThread(thread))))
                .containsExactly(alone);
    }

    @Test
    default void aConversationIsTheSameInWhateverOrderItComes() {
        long reply = put(INBOX, message("b@x", "Re: one", "References: <a@x>"));
        long thread = thread(INBOX, reply);
        long root = put(INBOX, message("a@x", "quite different"));
        long aside = put(INBOX, message("c@x", "aside", "References: <a@x>"));

        assertThat(thread(INBOX, root)).isEqualTo(thread);
        assertThat(thread(INBOX, aside)).isEqualTo(thread);
        assertThat(thread(INBOX, reply)).isEqualTo(thread);
    }

    @Test
    default void withoutReferencesTheSubjectJoins() {
        long root = put(INBOX, message("a@x", "Lunch on Friday"));
        long reply = put(INBOX, message("b@x", "RE: [list] lunch  on friday (fwd)"));
        long other = put(INBOX, message("c@x", "Lunch on Monday"));
        long nothing = put(INBOX, message("d@x", "Re:"));
        long nothingElse = put(INBOX, message("e@x", ""));

        assertThat(thread(INBOX, reply)).isEqualTo(thread(INBOX, root));
        assertThat(thread(INBOX, other)).isNotEqualTo(thread(INBOX, root));
        assertThat(thread(INBOX, nothing)).isNotEqualTo(thread(INBOX, nothingElse));
    }

    /** RFC 8514 §4.1. */
    @Test
    default void knowsWhenAMessageCameIntoItsMailbox() {
        long uid = put(INBOX, TEXT);
        Optional<java.time.Instant> saved = identity(INBOX, uid).saved();
        assertThat(saved).isPresent();
        LocalDate day = LocalDate.ofInstant(saved.get(), ZoneOffset.UTC);

        assertThat(search(INBOX, new SearchKey.Saved(SearchKey.When.ON, day))).containsExactly(uid);
        assertThat(search(INBOX, new SearchKey.Saved(SearchKey.When.BEFORE, day)))
                .isEmpty();
        assertThat(search(INBOX, new SearchKey.Saved(SearchKey.When.SINCE, day.plusDays(1))))
                .isEmpty();

        listener().copy(ref(INBOX), new long[] {uid}, ARCHIVE);
        assertThat(identity(ARCHIVE, 1).saved().orElseThrow()).isAfterOrEqualTo(saved.get());
        listener().move(ref(INBOX), new long[] {uid}, ARCHIVE);
        assertThat(identity(ARCHIVE, 2).saved().orElseThrow()).isAfterOrEqualTo(saved.get());
    }

    private long[] search(MailboxName mailbox, SearchKey key) {
        return listener().search(ref(mailbox), SearchQuery.of(key)).uids();
    }
}
