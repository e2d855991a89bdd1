// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/** Mailboxes and their names on a real PostgreSQL: made, renamed, deleted, subscribed (RFC 9051 §6.3). */
class MailboxNamesTest extends StoreTest {
    private static final MailboxName ARCHIVE = new MailboxName("Archive");
    private static final Flags SEEN = Flags.of(SystemFlag.SEEN);
    private static final String TEXT = "Subject: Hello\r\n\r\nthe body of it\r\n";

    @Test
    void givesANewAccountItsSubscribedMailboxesOnce() {
        store.mail.createDefaults(account);

        assertThat(store.mail.list(account).mailboxes())
                .extracting(mailbox -> mailbox.name().value())
                .containsExactly("Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash");
        assertThat(store.mail.list(account).subscriptions()).hasSize(6);
        assertThat(store.status(account, ARCHIVE).specialUse()).contains(SpecialUse.ARCHIVE);
    }

    @Test
    void createsTheLevelsAbove() {
        MailboxName deep = new MailboxName("a/b/c");

        assertThat(store.mail.create(account, deep, Optional.empty())).isInstanceOf(MailboxResult.Done.class);

        assertThat(store.status(account, new MailboxName("a/b")).messages()).isZero();
        assertThat(store.mail.create(account, deep, Optional.empty())).isInstanceOf(MailboxResult.AlreadyExists.class);
        assertThat(store.mail.create(account, new MailboxName("z"), Optional.of(SpecialUse.SENT)))
                .isInstanceOf(MailboxResult.UseTaken.class);
    }

    @Test
    void deletesOnlyWhatHasNothingBelow() {
        store.mail.create(account, new MailboxName("a/b"), Optional.empty());
        store.append(account, new MailboxName("a/b"), TEXT, Flags.NONE);
        MailboxRef below = store.ref(account, new MailboxName("a/b"));

        assertThat(store.mail.delete(account, new MailboxName("a"))).isInstanceOf(MailboxResult.HasChildren.class);
        assertThat(store.mail.delete(account, MailboxName.INBOX)).isInstanceOf(MailboxResult.NotAllowed.class);
        assertThat(store.mail.delete(account, new MailboxName("no"))).isInstanceOf(MailboxResult.NoSuchMailbox.class);
        assertThat(store.mail.delete(account, new MailboxName("a/b"))).isInstanceOf(MailboxResult.Done.class);

        assertThat(store.mail.delete(account, new MailboxName("a"))).isInstanceOf(MailboxResult.Done.class);
        assertThat(store.mail.changes(below, 0).exists()).isFalse();
        assertThat(store.recount(below)).startsWith(0L);
    }

    @Test
    void aMailboxMadeAgainHasAnotherUidValidity() {
        long before = store.status(account, ARCHIVE).uidValidity();
        store.mail.delete(account, ARCHIVE);
        store.mail.create(account, ARCHIVE, Optional.empty());

        assertThat(store.status(account, ARCHIVE).uidValidity()).isGreaterThan(before);
    }

    @Test
    void renamesWhatIsBelowToo() {
        store.mail.create(account, new MailboxName("a/b/c"), Optional.empty());
        store.mail.create(account, new MailboxName("ab"), Optional.empty());
        MailboxRef leaf = store.ref(account, new MailboxName("a/b/c"));

        assertThat(store.mail.rename(account, new MailboxName("a"), new MailboxName("x/y")))
                .isInstanceOf(MailboxResult.Done.class);

        assertThat(store.mail.list(account).mailboxes())
                .extracting(mailbox -> mailbox.name().value())
                .contains("x", "x/y", "x/y/b", "x/y/b/c", "ab")
                .doesNotContain("a", "a/b");
        assertThat(store.ref(account, new MailboxName("x/y/b/c"))).isEqualTo(leaf);
        assertThat(store.mail.rename(account, new MailboxName("x"), new MailboxName("x/z")))
                .isInstanceOf(MailboxResult.NotAllowed.class);
        assertThat(store.mail.rename(account, new MailboxName("x"), ARCHIVE))
                .isInstanceOf(MailboxResult.AlreadyExists.class);
        assertThat(store.mail.rename(account, new MailboxName("no"), new MailboxName("n")))
                .isInstanceOf(MailboxResult.NoSuchMailbox.class);
        assertThat(store.mail.rename(account, new MailboxName("x"), new MailboxName("y".repeat(245))))
                .isInstanceOf(MailboxResult.NotAllowed.class);
    }

    @Test
    void renamingInboxMovesItsMessagesAndKeepsIt() {
        store.append(account, TEXT, SEEN);
        store.append(account, TEXT, Flags.NONE);
        MailboxName old = new MailboxName("Old/Mail");

        store.mail.rename(account, MailboxName.INBOX, old);

        assertThat(Store.counters(store.status(account, old))).isEqualTo(List.of(2L, 1L, 0L, 2L * TEXT.length()));
        assertThat(store.status(account, MailboxName.INBOX).messages()).isZero();
        assertThat(store.ref(account, MailboxName.INBOX)).isEqualTo(inbox);
        assertThat(store.mail.changes(inbox, 0).expunged()).containsExactly(1, 2);
    }

    @Test
    void aSubscriptionOutlivesItsMailbox() {
        store.mail.delete(account, ARCHIVE);
        assertThat(store.mail.list(account).subscriptions()).contains(ARCHIVE);

        store.mail.subscribe(account, ARCHIVE, false);
        store.mail.subscribe(account, new MailboxName("later"), true);
        store.mail.subscribe(account, new MailboxName("later"), true);

        assertThat(store.mail.list(account).subscriptions())
                .contains(new MailboxName("later"))
                .doesNotContain(ARCHIVE);
    }
}
