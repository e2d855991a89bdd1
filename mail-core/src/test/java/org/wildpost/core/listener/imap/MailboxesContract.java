// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.search.SearchKey;

/** What every {@link ImapListener} does with mailboxes and their names (RFC 9051 §6.3). */
public interface MailboxesContract extends ImapContract {
    @Test
    default void aNewAccountHasInboxAndAMailboxForEachUse() {
        for (SpecialUse use : SpecialUse.DEFAULTS) {
            assertThat(status(use.defaultName()).specialUse()).contains(use);
        }
        assertThat(status(INBOX).messages()).isZero();
        assertThat(list()).hasSize(1 + SpecialUse.DEFAULTS.size());
        assertThat(subscriptions()).containsExactlyInAnyOrderElementsOf(list());
    }

    @Test
    default void listsMailboxesOrderedByName() {
        List.of("b", "a", "a/c", "a-b", "Z", "\u00e4").forEach(this::create);

        assertThat(list()).isSorted().hasSize(12);
    }

    @Test
    default void knowsNoMailboxThatIsNotThere() {
        assertThat(listener().status(owner(), NOWHERE)).isEqualTo(new MailboxResult.NoSuchMailbox());
        assertThat(listener().open(owner(), NOWHERE, true)).isEqualTo(new OpenResult.NoSuchMailbox());
        assertThat(listener().open(owner(), NOWHERE, false)).isEqualTo(new OpenResult.NoSuchMailbox());
        assertThat(listener().delete(owner(), NOWHERE)).isEqualTo(new MailboxResult.NoSuchMailbox());
        assertThat(rename("nowhere", "n")).isEqualTo(new MailboxResult.NoSuchMailbox());
        assertThat(rename("nowhere", "Archive")).isEqualTo(new MailboxResult.NoSuchMailbox());
    }

    /** A session may have it selected when another deletes it. */
    @Test
    default void aMailboxThatWasDeletedIsEmptyToWhoStillHasIt() {
        appended(ARCHIVE, DELETED);
        MailboxRef gone = ref(ARCHIVE);
        listener().delete(owner(), ARCHIVE);
        long[] first = {1};

        assertThat(listener().changes(gone, 0).exists()).isFalse();
        assertThat(listener().measure(owner(), MailboxMeasure.RECENT, List.of(gone.mailbox())))
                .isEmpty();
        assertThat(listener().fetch(gone, first, Set.of())).isEmpty();
        assertThat(listener().content(gone, 1, 0, 10)).isEmpty();
        assertThat(listener().search(gone, SearchQuery.of(new SearchKey.All())).uids())
                .isEmpty();
        assertThat(listener().expunge(gone, Optional.empty())).isEmpty();
        StoreResult stored =
                listener().store(gone, new StoreRequest(first, StoreRequest.Mode.ADD, SEEN, OptionalLong.empty()));
        assertThat(stored.messages()).isEmpty();
        assertThat(((CopyResult.Copied) listener().copy(gone, first, INBOX)).sourceUids())
                .isEmpty();
        assertThat(((CopyResult.Copied) listener().move(gone, first, INBOX)).sourceUids())
                .isEmpty();
    }

    @Test
    default void createsTheLevelsAbove() {
        assertThat(create("a/b/c")).isEqualTo(new MailboxResult.Done(status(new MailboxName("a/b/c"))));

        assertThat(names()).contains("a", "a/b", "a/b/c");
        assertThat(create("a/b")).isEqualTo(new MailboxResult.AlreadyExists());
        assertThat(create("inbox")).isEqualTo(new MailboxResult.AlreadyExists());
    }

    @Test
    default void aSpecialUseIsOneMailboxs() {
        MailboxName bin = new MailboxName("a/bin");
        Optional<SpecialUse> trash = Optional.of(SpecialUse.TRASH);
        assertThat(listener().create(owner(), bin, trash)).isEqualTo(new MailboxResult.UseTaken());
        assertThat(names()).doesNotContain("a", "a/bin");

        listener().delete(owner(), SpecialUse.TRASH.defaultName());

        assertThat(listener().create(owner(), bin, trash)).isInstanceOf(MailboxResult.Done.class);
        assertThat(status(bin).specialUse()).isEqualTo(trash);
        assertThat(status(new MailboxName("a")).specialUse()).isEmpty();
        MailboxName important = SpecialUse.IMPORTANT.defaultName();
        assertThat(listener().create(owner(), important, Optional.of(SpecialUse.IMPORTANT)))
                .isInstanceOf(MailboxResult.Done.class);
    }

    @Test
    default void deletesOnlyWhatHasNothingBelow() {
        create("a/b");
        create("ab");
        MailboxStatus last = status(new MailboxName("a/b"));

        assertThat(listener().delete(owner(), new MailboxName("a"))).isEqualTo(new MailboxResult.HasChildren());
        assertThat(listener().delete(owner(), INBOX)).isInstanceOf(MailboxResult.NotAllowed.class);
        assertThat(listener().delete(owner(), new MailboxName("a/b"))).isEqualTo(new MailboxResult.Done(last));
        assertThat(listener().delete(owner(), new MailboxName("a"))).isInstanceOf(MailboxResult.Done.class);
        assertThat(names()).contains("ab").doesNotContain("a", "a/b");
    }

    /** RFC 9051 §2.3.1.1. */
    @Test
    default void aMailboxMadeAgainHasAGreaterUidValidityAndNoMessages() {
        appended(ARCHIVE, SEEN);
        long before = status(ARCHIVE).uidValidity();
        listener().delete(owner(), ARCHIVE);
        create("Archive");

        assertThat(status(ARCHIVE).uidValidity()).isGreaterThan(before);
        assertThat(counters(ARCHIVE)).containsOnly(0L);
    }

    @Test
    default void renamesAMailboxWithItsMessages() {
        appended(ARCHIVE, SEEN);
        MailboxRef archive = ref(ARCHIVE);
        long uidValidity = status(ARCHIVE).uidValidity();

        assertThat(rename("Archive", "Old/Mail")).isInstanceOf(MailboxResult.Done.class);

        MailboxName renamed = new MailboxName("Old/Mail");
        assertThat(ref(renamed)).isEqualTo(archive);
        assertThat(status(renamed).uidValidity()).isEqualTo(uidValidity);
        assertThat(snapshot(renamed).uids()).containsExactly(1);
        assertThat(names()).contains("Old").doesNotContain("Archive");
    }

    @Test
    default void renamesWhatIsBelowToo() {
        create("a/b/c");
        create("ab");
        MailboxRef leaf = ref(new MailboxName("a/b/c"));

        rename("a", "x/y");

        assertThat(names()).contains("x", "x/y", "x/y/b", "x/y/b/c", "ab").doesNotContain("a", "a/b", "a/b/c");
        assertThat(ref(new MailboxName("x/y/b/c"))).isEqualTo(leaf);
    }

    @Test
    default void renamesNothingToAPlaceThatItCannotHave() {
        create("x/below");
        List<String> before = names();

        assertThat(rename("x", "Archive")).isEqualTo(new MailboxResult.AlreadyExists());
        assertThat(rename("x", "x")).isEqualTo(new MailboxResult.AlreadyExists());
        assertThat(rename("x", "inbox")).isEqualTo(new MailboxResult.AlreadyExists());
        assertThat(rename("x", "x/z")).isInstanceOf(MailboxResult.NotAllowed.class);
        assertThat(rename("x", "y".repeat(MailboxName.MAX_LENGTH))).isInstanceOf(MailboxResult.NotAllowed.class);
        assertThat(names()).isEqualTo(before);
    }

    /** RFC 9051 §6.3.6: INBOX stays, and so does what is below it. */
    @Test
    default void renamingInboxMovesItsMessages() {
        appended(SEEN);
        appended(SEEN);
        create("INBOX/below");
        MailboxRef inbox = ref(INBOX);

        rename("INBOX", "Old/Mail");

        assertThat(snapshot(new MailboxName("Old/Mail")).uids()).containsExactly(1, 2);
        assertThat(ref(INBOX)).isEqualTo(inbox);
        assertThat(snapshot(INBOX).uids()).isEmpty();
        assertThat(listener().changes(inbox, 0).expunged()).containsExactly(1, 2);
        assertThat(names()).contains("INBOX/below").doesNotContain("Old/Mail/below");
    }

    /** RFC 5198 §3: what reads the same is the same, in whatever form it is asked for. */
    @Test
    default void aNameIsOneMailboxInWhateverForm() {
        String decomposed = "A\u0308pfel/Gru\u0308n";
        String composed = "\u00c4pfel/Gr\u00fcn";
        create(decomposed);
        MailboxRef green = ref(new MailboxName(composed));

        assertThat(create(composed)).isEqualTo(new MailboxResult.AlreadyExists());
        assertThat(ref(new MailboxName(decomposed))).isEqualTo(green);
        assertThat(names()).contains("\u00c4pfel", composed).doesNotContain(decomposed);
        assertThat(appended(new MailboxName(decomposed), SEEN)).isEqualTo(1);
        listener().subscribe(owner(), new MailboxName(composed), true);
        listener().subscribe(owner(), new MailboxName(decomposed), false);
        assertThat(subscriptions()).doesNotContain(new MailboxName(composed));
        assertThat(rename("\u00c4pfel", "Birnen")).isInstanceOf(MailboxResult.Done.class);
        assertThat(ref(new MailboxName("Birnen/Gru\u0308n"))).isEqualTo(green);
    }

    /** RFC 9051 §5.1: INBOX is INBOX, above its children, too. */
    @Test
    default void inboxAboveItsChildrenHasNoCase() {
        create("inbox/work");

        assertThat(names()).contains("INBOX/work");
        assertThat(create("Inbox/work")).isEqualTo(new MailboxResult.AlreadyExists());
        assertThat(create("INBOX/Work")).isInstanceOf(MailboxResult.Done.class);
        assertThat(rename("iNbOx/work", "inbox/Play/x")).isInstanceOf(MailboxResult.Done.class);
        assertThat(names()).contains("INBOX/Play", "INBOX/Play/x", "INBOX/Work").doesNotContain("INBOX/work");
        assertThat(listener().delete(owner(), new MailboxName("inbox/PLAY")))
                .isEqualTo(new MailboxResult.NoSuchMailbox());
    }

    /** RFC 9051 §6.3.8. */
    @Test
    default void aSubscriptionOutlivesItsMailbox() {
        listener().delete(owner(), ARCHIVE);
        assertThat(subscriptions()).contains(ARCHIVE);

        listener().subscribe(owner(), ARCHIVE, false);
        listener().subscribe(owner(), ARCHIVE, false);
        listener().subscribe(owner(), NOWHERE, true);
        listener().subscribe(owner(), NOWHERE, true);

        assertThat(subscriptions()).contains(NOWHERE).doesNotContain(ARCHIVE);
        create("new");
        assertThat(subscriptions()).doesNotContain(new MailboxName("new"));
    }

    @Test
    default void anothersMailboxIsSubscribedToInOneSpelling() {
        MailboxName spelt = new MailboxName("Other Users/Someone@Demo.test/inbox/Work");
        MailboxName name = new MailboxName("Other Users/someone@demo.test/INBOX/Work");
        listener().subscribe(owner(), spelt, true);
        assertThat(subscriptions()).contains(name).doesNotContain(spelt);

        listener().subscribe(owner(), name, false);
        assertThat(subscriptions()).doesNotContain(name, spelt);
    }

    /** RFC 3501 §2.3.2. */
    @Test
    default void onlyTheFirstThatSelectsReadWriteGetsTheRecentMark() {
        appended(SEEN);
        appended(SEEN);
        assertThat(firstRecent(true)).isEqualTo(1);
        assertThat(recent(INBOX)).isEqualTo(2);

        assertThat(firstRecent(false)).isEqualTo(1);

        assertThat(firstRecent(false)).isEqualTo(3);
        assertThat(firstRecent(true)).isEqualTo(3);
        assertThat(recent(INBOX)).isZero();
    }

    @Test
    default void countsRecentMessagesAndNotTheGapsBetweenUids() {
        appended(SEEN);
        firstRecent(false);
        long[] uids = {appended(SEEN), appended(SEEN), appended(SEEN)};

        listener().move(ref(INBOX), Arrays.copyOf(uids, 2), ARCHIVE);

        assertThat(recent(INBOX)).isEqualTo(1);
        assertThat(recent(ARCHIVE)).isEqualTo(2);
    }

    /** RFC 9208 §4.1.4. */
    @Test
    default void measuresWhatAnExpungeWouldFree() {
        appended(DELETED);
        appended(SEEN);
        appended(DELETED);
        appended(ARCHIVE, DELETED);
        appended(SpecialUse.JUNK.defaultName(), SEEN);

        Map<MailboxId, Long> octets = listener()
                .measure(
                        owner(),
                        MailboxMeasure.DELETED_SIZE,
                        List.of(
                                ref(INBOX).mailbox(),
                                ref(ARCHIVE).mailbox(),
                                ref(SpecialUse.JUNK.defaultName()).mailbox()));

        assertThat(octets).containsEntry(ref(INBOX).mailbox(), 2L * TEXT.length());
        assertThat(octets).containsEntry(ref(ARCHIVE).mailbox(), (long) TEXT.length());
        assertThat(octets.getOrDefault(ref(SpecialUse.JUNK.defaultName()).mailbox(), 0L))
                .isZero();
        assertThat(listener()
                        .measure(
                                stranger(),
                                MailboxMeasure.DELETED_SIZE,
                                List.of(ref(INBOX).mailbox())))
                .isEmpty();
    }

    private long recent(MailboxName name) {
        MailboxId id = ref(name).mailbox();
        return listener().measure(owner(), MailboxMeasure.RECENT, List.of(id)).getOrDefault(id, 0L);
    }

    private List<MailboxName> list() {
        return listener().list(owner()).mailboxes().stream()
                .map(MailboxStatus::name)
                .toList();
    }

    private List<String> names() {
        return list().stream().map(MailboxName::value).toList();
    }

    private Set<MailboxName> subscriptions() {
        return listener().list(owner()).subscriptions();
    }

    private long firstRecent(boolean readOnly) {
        return ((OpenResult.Opened) listener().open(owner(), INBOX, readOnly)).firstRecent();
    }
}
