// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.Watch;

/** Who hears that mailboxes of an owner were made, renamed or deleted: those who may look these up, and nobody else. */
class SharedNewsTest extends StoreTest {
    private static final MailboxName OPEN = new MailboxName("open");
    private static final MailboxName BELOW = new MailboxName("open/below");
    private static final MailboxName PRIVATE = new MailboxName("private");

    private final AccountId owner = account;
    private final AccountId reader = store.neighbour(owner);
    private final AccountId other = store.neighbour(owner);
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void watch() {
        done(store.guarded.create(owner, OPEN, Optional.empty()));
        store.events.watchTree(owner, account -> told.add("owner"));
        store.events.watchTree(reader, account -> told.add("reader"));
        store.events.watchTree(other, account -> told.add("other"));
    }

    @Test
    void aPrivateMailboxIsNoNewsToThoseWhoSeeAnotherOfItsOwner() {
        grant(OPEN, Identifier.EVERYBODY, "lr");

        done(store.guarded.create(owner, PRIVATE, Optional.empty()));
        assertThat(news()).containsExactly("owner");
        done(store.guarded.rename(owner, PRIVATE, new MailboxName("secret")));
        assertThat(news()).containsExactly("owner");
        done(store.guarded.delete(owner, new MailboxName("secret")));
        assertThat(news()).containsExactly("owner");
    }

    @Test
    void aSharedMailboxIsNewsToItsReaders() {
        grant(OPEN, named(reader), "lr");

        done(store.guarded.create(owner, BELOW, Optional.empty()));
        assertThat(news()).containsExactlyInAnyOrder("owner", "reader");
        done(store.guarded.rename(owner, OPEN, new MailboxName("elsewhere")));
        assertThat(news()).containsExactlyInAnyOrder("owner", "reader");
        done(store.guarded.delete(owner, new MailboxName("elsewhere/below")));
        assertThat(news()).containsExactlyInAnyOrder("owner", "reader");
        store.mail.deleteAll(owner);
        assertThat(news()).containsExactlyInAnyOrder("owner", "reader");
    }

    @Test
    void aMailboxForAnyoneIsNewsToAll() {
        grant(OPEN, Identifier.EVERYBODY, "lr");

        done(store.guarded.create(owner, BELOW, Optional.empty()));
        assertThat(news()).contains("owner", "reader", "other");
    }

    @Test
    void whatIsSharedBelowARenamedMailboxIsNews() {
        MailboxName below = new MailboxName("private/below");
        done(store.guarded.create(owner, below, Optional.empty()));
        grant(below, named(reader), "lr");

        done(store.guarded.rename(owner, PRIVATE, new MailboxName("elsewhere")));
        assertThat(news()).containsExactlyInAnyOrder("owner", "reader");
    }

    @Test
    void nothingIsToldToAnEntryWithoutLookup() {
        grant(OPEN, named(reader), "lr");
        grant(OPEN, named(other), "ri");

        done(store.guarded.delete(owner, OPEN));
        assertThat(news()).containsExactlyInAnyOrder("owner", "reader");
    }

    /** Each time all would list their mailboxes anew. */
    @Test
    void whoTogglesWhatIsForAnyoneIsToldOfOnceInAPause() {
        Queue<Runnable> ends = new ArrayDeque<>();
        store.events.later = (end, pause) -> {
            assertThat(pause).isEqualTo(MailboxEvents.PAUSE);
            ends.add(end);
        };
        toggle("lr");
        assertThat(news()).as("the first at once").containsExactlyInAnyOrder("owner", "reader", "other");
        for (int i = 0; i < 10; i++) {
            toggle(i % 2 == 0 ? "" : "lr");
        }
        assertThat(news()).isEmpty();

        ends.remove().run();
        assertThat(news()).as("the last one is not lost").containsExactlyInAnyOrder("owner", "reader", "other");
        ends.remove().run();
        assertThat(news()).as("nothing since").isEmpty();
        toggle("");
        assertThat(news()).as("at once again").containsExactlyInAnyOrder("owner", "reader", "other");
        assertThat(ends).hasSize(1);
    }

    /** Whoever has the mailbox open or watches it looks, and may list, at each news of it. */
    @Test
    void whoWatchesWhatIsForAnyoneHearsOfItOnceInAPause() {
        Queue<Runnable> ends = new ArrayDeque<>();
        store.events.later = (end, pause) -> ends.add(end);
        List<MailboxId> changed = new ArrayList<>();
        MailboxRef open = store.ref(owner, OPEN);
        try (Watch watch = store.events.watch(open.mailbox(), changed::add)) {
            toggle("lr");
            assertThat(changed).containsExactly(open.mailbox());
            toggle("");
            toggle("l");
            assertThat(changed).hasSize(1);
            ends.remove().run();
            assertThat(changed).hasSize(2);
            grant(OPEN, named(reader), "lr");
            assertThat(changed).as("what one may do is told at once").hasSize(3);
            assertThat(watch).isNotNull();
        }
    }

    /** Whichever node the news come from. */
    @Test
    void otherNodesHearInTheSamePaceAndHaveOne() {
        Queue<Runnable> ends = new ArrayDeque<>();
        store.events.later = (end, pause) -> ends.add(end);
        List<Object> elsewhere = new ArrayList<>();
        MailboxRef open = store.ref(owner, OPEN);
        try (Watch trees = store.events.watchAllTrees(elsewhere::add);
                Watch mailboxes = store.events.watchAll(elsewhere::add)) {
            toggle("lr");
            toggle("");
            assertThat(elsewhere).containsExactly(MailboxEvents.EVERYBODY, open.mailbox());
            ends.remove().run();
            assertThat(elsewhere).hasSize(4);
            news();
            store.events.announceTree(MailboxEvents.EVERYBODY);
            assertThat(news()).isEmpty();
            ends.remove().run();
            assertThat(news()).containsExactlyInAnyOrder("owner", "reader", "other");
            assertThat(elsewhere).as("they know").hasSize(4);
            assertThat(List.of(trees, mailboxes)).doesNotContainNull();
        }
    }

    private void toggle(String rights) {
        store.guarded.grant(
                owner, OPEN, Identifier.EVERYBODY, RightsChange.parse(rights).orElseThrow());
    }

    private void grant(MailboxName name, Identifier identifier, String rights) {
        store.guarded.grant(owner, name, identifier, RightsChange.parse(rights).orElseThrow());
        told.clear();
    }

    private List<String> news() {
        List<String> news = List.copyOf(told);
        told.clear();
        return news;
    }

    private static void done(MailboxResult result) {
        assertThat(result).isInstanceOf(MailboxResult.Done.class);
    }
}
