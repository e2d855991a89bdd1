// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wildpost.core.acl.AccessEntry;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.core.search.SearchKey;

/** What every {@link ImapListener} does with mailboxes that an owner shares (RFC 4314); the visitor is another account. */
public interface SharingContract extends ImapContract {
    Flags FLAGGED = Flags.of(SystemFlag.FLAGGED);

    /** The account that others' mailboxes are shared with, of the owner's domain; always the same in one test. */
    AccountId visitor();

    /** The address of an account. */
    String address(AccountId account);

    default MailboxName shared(MailboxName name) {
        return new SharedName(address(owner()), name).full().orElseThrow();
    }

    default AccessResult grant(MailboxName name, String rights) {
        return grant(name, address(visitor()), rights);
    }

    default AccessResult grant(MailboxName name, String identifier, String rights) {
        return listener()
                .grant(
                        owner(),
                        name,
                        Identifier.parse(identifier).orElseThrow(),
                        RightsChange.parse(rights).orElseThrow());
    }

    default OpenResult.Opened visited(MailboxName name) {
        return (OpenResult.Opened) listener().open(visitor(), shared(name), false);
    }

    default MailboxStatus visitorsStatus(MailboxName name) {
        return ((MailboxResult.Done) listener().status(visitor(), shared(name))).status();
    }

    default List<Flags> visitorsFlags(MailboxRef ref, long... uids) {
        return listener().fetch(ref, uids, Set.of()).stream()
                .map(FetchRow::flags)
                .toList();
    }

    default AppendResult visitorAppends(MailboxName name, Flags flags) {
        try (SpooledMessage message = SpooledMessage.of(TEXT.getBytes(UTF_8))) {
            return listener()
                    .append(
                            visitor(),
                            shared(name),
                            new AppendRequest(message, MimeIndexer.index(message), flags, Optional.of(DATE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long[] found(MailboxRef ref, SearchKey key) {
        return listener().search(ref, SearchQuery.of(key)).uids();
    }

    default StoreResult visitorStores(MailboxRef ref, StoreRequest.Mode mode, Flags flags, long... uids) {
        return listener().store(ref, new StoreRequest(uids, mode, flags, OptionalLong.empty()));
    }

    @Test
    default void anOwnerHasAllRightsAndNobodyElseAny() {
        assertThat(listener().ownRights(owner(), INBOX)).isEqualTo(new AccessResult.Mine(INBOX, Rights.ALL));
        assertThat(listener().accessList(owner(), INBOX))
                .isEqualTo(new AccessResult.Listed(INBOX, address(owner()), List.of()));
        assertThat(listener().ownRights(visitor(), shared(INBOX))).isEqualTo(new AccessResult.NoSuchMailbox());
        assertThat(listener().accessList(visitor(), shared(INBOX))).isEqualTo(new AccessResult.NoSuchMailbox());
        assertThat(listener().open(visitor(), shared(INBOX), true)).isEqualTo(new OpenResult.NoSuchMailbox());
    }

    @Test
    default void anOwnerFindsNothingOfTheirOwnAmongOthers() {
        assertThat(listener().open(owner(), shared(INBOX), true)).isEqualTo(new OpenResult.NoSuchMailbox());
    }

    @Test
    default void nobodysOwnMailboxHasANameOfOthers() {
        assertThat(create(SharedName.ROOT)).isEqualTo(new MailboxResult.NoPermission());
        assertThat(rename("Archive", SharedName.ROOT)).isInstanceOf(MailboxResult.NotAllowed.class);
    }

    @Test
    default void keepsAnEntryForEachIdentifier() {
        assertThat(grant(INBOX, "lr")).isEqualTo(new AccessResult.Done());
        grant(INBOX, "+sw");
        grant(INBOX, "-r");
        grant(INBOX, "-" + address(visitor()), "w");
        grant(INBOX, "anyone", "l");

        assertThat(((AccessResult.Listed) listener().accessList(owner(), INBOX)).entries())
                .containsExactlyInAnyOrder(
                        new AccessEntry(
                                Identifier.account(address(visitor())),
                                Rights.parse("lsw").orElseThrow()),
                        new AccessEntry(
                                new Identifier(true, Optional.of(address(visitor()))),
                                Rights.parse("w").orElseThrow()),
                        new AccessEntry(Identifier.EVERYBODY, Rights.parse("l").orElseThrow()));

        grant(INBOX, "");
        assertThat(((AccessResult.Listed) listener().accessList(owner(), INBOX)).entries())
                .hasSize(2);
        assertThat(grant(INBOX, "nobody@nowhere.test", "l")).isEqualTo(new AccessResult.NoSuchIdentifier());
        assertThat(grant(INBOX, address(owner()), "l")).isInstanceOf(AccessResult.NotAllowed.class);
        assertThat(grant(NOWHERE, "l")).isEqualTo(new AccessResult.NoSuchMailbox());
    }

    /** RFC 4314 §6: nobody learns which addresses other domains have. */
    @Test
    default void accountsOfOtherDomainsAreAsIfThereWereNone() {
        String stranger = address(stranger());
        for (String identifier : List.of(stranger, "nobody@nowhere.test")) {
            assertThat(grant(INBOX, identifier, "l")).as(identifier).isEqualTo(new AccessResult.NoSuchIdentifier());
            assertThat(grant(INBOX, "-" + identifier, "+l"))
                    .as(identifier)
                    .isEqualTo(new AccessResult.NoSuchIdentifier());
            assertThat(grant(INBOX, identifier, "")).as(identifier).isEqualTo(new AccessResult.Done());
            assertThat(grant(INBOX, identifier, "-l")).as(identifier).isEqualTo(new AccessResult.Done());
        }
        assertThat(((AccessResult.Listed) listener().accessList(owner(), INBOX)).entries())
                .isEmpty();
    }

    /** The list tells them the address anyway. */
    @Test
    default void whoseEntryAnAdministratorMadeIsKnown() {
        String stranger = address(stranger());
        ownerAdministers();
        assertThat(grant(INBOX, stranger, "l")).isEqualTo(new AccessResult.Done());
        grant(INBOX, "la");

        assertThat(visitorGrants(stranger, "lr")).isEqualTo(new AccessResult.Done());
        assertThat(visitorGrants("-" + stranger, "s")).isEqualTo(new AccessResult.Done());
        assertThat(visitorGrants(stranger, "")).isEqualTo(new AccessResult.Done());
        assertThat(visitorGrants("-" + stranger, "")).isEqualTo(new AccessResult.Done());
        assertThat(visitorGrants(stranger, "l")).isEqualTo(new AccessResult.NoSuchIdentifier());
    }

    private AccessResult visitorGrants(String identifier, String rights) {
        return listener()
                .grant(
                        visitor(),
                        shared(INBOX),
                        Identifier.parse(identifier).orElseThrow(),
                        RightsChange.parse(rights).orElseThrow());
    }

    @Test
    default void rightsAddUpAndWhatIsTakenAwayIsGone() {
        grant(INBOX, "anyone", "lrw");
        grant(INBOX, "st");
        grant(INBOX, "-" + address(visitor()), "wt");

        assertThat(listener().ownRights(visitor(), shared(INBOX)))
                .isEqualTo(
                        new AccessResult.Mine(shared(INBOX), Rights.parse("lrs").orElseThrow()));

        grant(INBOX, "-anyone", "r");
        assertThat(listener().ownRights(visitor(), shared(INBOX)))
                .isEqualTo(
                        new AccessResult.Mine(shared(INBOX), Rights.parse("ls").orElseThrow()));
        assertThat(status(INBOX).messages()).isZero();
    }

    @Test
    default void whoMayAdministerGivesRights() {
        grant(INBOX, "la");

        Identifier anyone = Identifier.EVERYBODY;
        RightsChange reads = RightsChange.parse("r").orElseThrow();
        assertThat(listener().grant(visitor(), shared(INBOX), anyone, reads)).isEqualTo(new AccessResult.Done());
        assertThat(((AccessResult.Listed) listener().accessList(visitor(), shared(INBOX))).owner())
                .isEqualTo(address(owner()));
        assertThat(listener().open(visitor(), shared(INBOX), true)).isInstanceOf(OpenResult.Opened.class);
    }

    @Test
    default void listsWhatMayBeLookedUpWithItsRights() {
        create("a/b");
        grant(new MailboxName("a/b"), "lr");
        grant(ARCHIVE, "r");

        MailboxList all = listener().list(visitor());

        List<MailboxStatus> others = all.mailboxes().stream()
                .filter(mailbox -> SharedName.isForeign(mailbox.name()))
                .filter(mailbox -> mailbox.name().value().contains(address(owner())))
                .toList();
        assertThat(others).extracting(MailboxStatus::name).containsExactly(shared(new MailboxName("a/b")));
        assertThat(all.rights(others.getFirst())).isEqualTo(Rights.parse("lr").orElseThrow());
        assertThat(all.mailboxes()).extracting(MailboxStatus::name).isSorted();
        assertThat(listener().list(owner()).shared())
                .doesNotContainKey(others.getFirst().id());
    }

    @Test
    default void eachHasASeenOfTheirOwn() {
        appended(SEEN);
        appended(Flags.NONE);
        grant(INBOX, "lrs");
        MailboxRef ref = visited(INBOX).ref();

        assertThat(visitorsFlags(ref, 1, 2)).containsExactly(Flags.NONE, Flags.NONE);
        assertThat(visitorsStatus(INBOX).unseen()).isEqualTo(2);

        visitorStores(ref, StoreRequest.Mode.ADD, SEEN, 2);

        assertThat(visitorsFlags(ref, 1, 2)).containsExactly(Flags.NONE, SEEN);
        assertThat(visitorsStatus(INBOX).unseen()).isEqualTo(1);
        assertThat(found(ref, new SearchKey.HasFlag(SystemFlag.SEEN))).containsExactly(2);
        assertThat(found(ref, new SearchKey.Not(new SearchKey.HasFlag(SystemFlag.SEEN))))
                .containsExactly(1);
        // By subject, which is looked up in what is kept of the mailbox.
        SearchKey unseen = new SearchKey.And(List.of(
                new SearchKey.Header("Subject", "hello"), new SearchKey.Not(new SearchKey.HasFlag(SystemFlag.SEEN))));
        assertThat(found(ref, unseen)).containsExactly(1);
        MailboxSnapshot view = listener().view(ref).orElseThrow();
        assertThat(view.flags(0)).isEqualTo(Flags.NONE);
        assertThat(view.flags(1)).isEqualTo(SEEN);
        assertThat(fetch(INBOX, 1, 2)).extracting(FetchRow::flags).containsExactly(SEEN, Flags.NONE);
        assertThat(counters(INBOX)).startsWith(2L, 1L, 0L);
        assertThat(found(ref(INBOX), new SearchKey.HasFlag(SystemFlag.SEEN))).containsExactly(1);

        visitorStores(ref, StoreRequest.Mode.REMOVE, SEEN, 2);
        assertThat(visitorsStatus(INBOX).unseen()).isEqualTo(2);
        assertThat(found(ref, unseen)).containsExactly(1, 2);
        assertThat(found(ref(INBOX), unseen)).containsExactly(2);
    }

    /** RFC 7162 §3.1.2: a change of one's own mark has a MODSEQ, too. */
    @Test
    default void theReadersOtherSessionsHearOfTheirMarks() {
        appended(Flags.NONE);
        appended(Flags.NONE);
        grant(INBOX, "lrs");
        MailboxRef ref = visited(INBOX).ref();
        MailboxSnapshot before = listener().view(ref).orElseThrow();
        List<MailboxId> told = new ArrayList<>();
        listener().watch(ref, told::add);

        StoreResult stored = visitorStores(ref, StoreRequest.Mode.ADD, SEEN, 1);

        long modSeq = stored.messages().getFirst().modSeq();
        assertThat(modSeq).isGreaterThan(before.highestModSeq());
        Changes changes = listener().changes(ref, before.highestModSeq());
        assertThat(changes.changed()).containsExactly(new Changes.Changed(1, SEEN, modSeq));
        assertThat(changes.highestModSeq()).isEqualTo(modSeq);
        assertThat(told).contains(ref.mailbox());
        assertThat(listener().view(ref).orElseThrow().flags(0)).isEqualTo(SEEN);
        assertThat(listener().changes(ref(INBOX), before.highestModSeq()).changed())
                .isEmpty();
        StoreRequest late = new StoreRequest(
                new long[] {1, 2}, StoreRequest.Mode.REMOVE, SEEN, OptionalLong.of(before.highestModSeq()));
        assertThat(listener().store(ref, late).modified()).containsExactly(1);
    }

    @Test
    default void otherFlagsAreEverybodysAsFarAsTheRightsGo() {
        appended(SEEN);
        grant(INBOX, "lrw");
        MailboxRef ref = visited(INBOX).ref();

        StoreResult stored = visitorStores(
                ref,
                StoreRequest.Mode.ADD,
                new Flags(SystemFlag.FLAGGED.bit() | SystemFlag.DELETED.bit() | SystemFlag.SEEN.bit(), List.of("k")),
                1);

        Flags both = new Flags(SystemFlag.FLAGGED.bit(), List.of("k"));
        assertThat(stored.messages()).extracting(Changes.Changed::flags).containsExactly(both);
        assertThat(fetch(INBOX, 1))
                .extracting(FetchRow::flags)
                .containsExactly(new Flags(both.system() | SystemFlag.SEEN.bit(), both.keywords()));
        assertThat(counters(INBOX)).startsWith(1L, 0L, 0L);

        grant(INBOX, "lrt");
        visitorStores(ref, StoreRequest.Mode.REPLACE, DELETED, 1);
        assertThat(visitorsFlags(ref, 1))
                .containsExactly(new Flags(both.system() | SystemFlag.DELETED.bit(), both.keywords()));
        assertThat(counters(INBOX)).startsWith(1L, 0L, 1L);
    }

    @Test
    default void whatIsTakenAwayIsRefusedWithTheNextQuestion() {
        appended(Flags.NONE);
        grant(INBOX, "lrste");
        MailboxRef ref = visited(INBOX).ref();
        assertThat(listener().rights(ref)).contains(Rights.parse("lrste").orElseThrow());
        List<MailboxId> told = new ArrayList<>();
        listener().watch(ref, told::add);

        grant(INBOX, "l");

        assertThat(told).contains(ref.mailbox());
        assertThat(listener().rights(ref)).contains(Rights.parse("l").orElseThrow());
        assertThat(listener().view(ref)).isEmpty();
        assertThat(listener().fetch(ref, new long[] {1}, Set.of())).isEmpty();
        assertThat(listener().content(ref, 1, 0, 10)).isEmpty();
        assertThat(listener().heads(ref, new long[] {1}, new long[] {10})).containsExactly(Optional.empty());
        assertThat(found(ref, new SearchKey.All())).isEmpty();
        assertThat(listener().changes(ref, 0).exists()).isFalse();
        assertThat(listener().vanished(ref, 0).uids()).isEmpty();
        assertThat(visitorStores(ref, StoreRequest.Mode.ADD, SEEN, 1).messages())
                .isEmpty();
        assertThat(listener().expunge(ref, Optional.empty())).isEmpty();
        assertThat(listener().copy(ref, new long[] {1}, INBOX)).isEqualTo(new CopyResult.NoPermission());
        assertThat(listener().move(ref, new long[] {1}, INBOX)).isEqualTo(new CopyResult.NoPermission());
        assertThat(listener().status(visitor(), shared(INBOX))).isEqualTo(new MailboxResult.NoPermission());
        assertThat(listener().open(visitor(), shared(INBOX), true)).isEqualTo(new OpenResult.NoPermission());
        assertThat(visitorAppends(INBOX, SEEN)).isEqualTo(new AppendResult.NoPermission());
    }

    @Test
    default void makesRenamesAndDeletesWithTheRightsToIt() {
        create("a");
        MailboxName a = new MailboxName("a");
        MailboxName b = new MailboxName("a/b");
        MailboxName c = new MailboxName("a/c");
        grant(a, "lrk");
        Optional<SpecialUse> none = Optional.empty();

        MailboxResult made = listener().create(visitor(), shared(b), none);
        assertThat(made).isEqualTo(new MailboxResult.Done(visitorsStatus(b)));
        assertThat(visitorsStatus(b).name()).isEqualTo(shared(b));
        assertThat(listener().create(visitor(), shared(new MailboxName("z")), none))
                .isEqualTo(new MailboxResult.NoPermission());
        assertThat(listener().delete(visitor(), shared(b))).isEqualTo(new MailboxResult.NoPermission());
        assertThat(listener().rename(visitor(), shared(b), shared(c))).isEqualTo(new MailboxResult.NoPermission());

        grant(b, "+x");
        assertThat(listener().rename(visitor(), shared(b), new MailboxName("mine")))
                .isInstanceOf(MailboxResult.NotAllowed.class);
        assertThat(listener().rename(visitor(), shared(b), shared(c)))
                .isEqualTo(new MailboxResult.Done(visitorsStatus(c)));
        assertThat(listener().ownRights(visitor(), shared(c)))
                .isEqualTo(new AccessResult.Mine(shared(c), Rights.parse("lrkx").orElseThrow()));
        assertThat(listener().delete(visitor(), shared(c))).isInstanceOf(MailboxResult.Done.class);
        assertThat(listener().status(owner(), c)).isEqualTo(new MailboxResult.NoSuchMailbox());
    }

    /** RFC 4314 §4, CREATE. */
    @Test
    default void whatIsMadeBelowIsSharedLikewise() {
        create("a");
        grant(new MailboxName("a"), "lr");

        create("a/b/c");

        assertThat(listener().ownRights(visitor(), shared(new MailboxName("a/b/c"))))
                .isEqualTo(new AccessResult.Mine(
                        shared(new MailboxName("a/b/c")), Rights.parse("lr").orElseThrow()));
        assertThat(listener().ownRights(visitor(), shared(new MailboxName("a/b"))))
                .isInstanceOf(AccessResult.Mine.class);
    }

    @Test
    default void aMailboxThatIsGoneHasNoRights() {
        create("a");
        grant(new MailboxName("a"), "lr");
        MailboxRef ref = visited(new MailboxName("a")).ref();

        listener().delete(owner(), new MailboxName("a"));

        assertThat(listener().rights(ref)).isEmpty();
        create("a");
        assertThat(listener().ownRights(visitor(), shared(new MailboxName("a"))))
                .isEqualTo(new AccessResult.NoSuchMailbox());
    }

    @Test
    default void measuresOthersMailboxesToo() {
        appended(DELETED);
        grant(INBOX, "lr");

        MailboxId id = visitorsStatus(INBOX).id();

        assertThat(listener().measure(visitor(), MailboxMeasure.DELETED_SIZE, List.of(id)))
                .containsEntry(id, (long) TEXT.length());
        grant(INBOX, "l");
        assertThat(listener().measure(visitor(), MailboxMeasure.DELETED_SIZE, List.of(id)))
                .isEmpty();
    }
}
