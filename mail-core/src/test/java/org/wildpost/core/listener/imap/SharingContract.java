// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
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
    MetadataQuery COMMENTS = new MetadataQuery(
            List.of(AnnotationName.parse("/private/comment"), AnnotationName.parse("/shared/comment")), 0);

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

    /** RFC 9208 §4.1: who may read a mailbox is told how much its owner has and may have. */
    @Test
    default void whoMayReadIsToldTheQuotaOfTheOwner() {
        create("a/b");
        appended(SEEN);
        quotaIs(100_000);
        QuotaResult owners = listener().quotaRoot(owner(), INBOX);
        Quota quota = ((QuotaResult.Told) owners).quota();
        MailboxName a = new MailboxName("a");
        assertThat(quota.root()).contains(address(owner()));
        assertThat(quota.used().messages()).isEqualTo(1);

        assertThat(listener().quotaRoot(visitor(), shared(a))).isEqualTo(new QuotaResult.NoSuchRoot());
        grant(a, "lw");
        assertThat(listener().quotaRoot(visitor(), shared(a))).isEqualTo(new QuotaResult.NotPermitted());
        assertThat(listener().quotaRoot(visitor(), shared(new MailboxName("a/b"))))
                .isEqualTo(new QuotaResult.NoSuchRoot());
        assertThat(listener().quota(visitor(), quota.root())).isEqualTo(new QuotaResult.NotPermitted());

        grant(a, "lr");
        assertThat(listener().quotaRoot(visitor(), shared(a))).isEqualTo(owners);
        assertThat(listener().quota(visitor(), quota.root())).isEqualTo(owners);
        // What is hidden below is as what is not there.
        for (String below : List.of("a/b", "a/c", "a/b/c/d")) {
            assertThat(listener().quotaRoot(visitor(), shared(new MailboxName(below))))
                    .as(below)
                    .isEqualTo(owners);
        }
        assertThat(listener().quotaRoot(visitor(), shared(ARCHIVE))).isEqualTo(new QuotaResult.NoSuchRoot());
        assertThat(listener().quotaRoot(visitor(), shared(NOWHERE))).isEqualTo(new QuotaResult.NoSuchRoot());
        assertThat(listener().setQuota(visitor(), quota.root(), QuotaLimits.NONE))
                .isEqualTo(new QuotaResult.NotPermitted());

        grant(a, "-" + address(visitor()), "r");
        assertThat(listener().quota(visitor(), quota.root())).isEqualTo(new QuotaResult.NotPermitted());
    }

    /** RFC 5464 §3.3. */
    @Test
    default void annotationsNeedTheRightToLookUpAndAnother() {
        assertThat(visitorAnnotates("/private/comment", "x")).isEqualTo(new MetadataResult.NoSuchMailbox());
        grant(INBOX, "rswi");
        assertThat(visitorAnnotates("/private/comment", "x")).isEqualTo(new MetadataResult.NoSuchMailbox());
        assertThat(visitorsAnnotations()).isEqualTo(new AnnotationsResult.NoSuchMailbox());
        assertThat(visitorsAnnotationsOfAll()).isEmpty();

        grant(INBOX, "lkxtea");
        assertThat(visitorAnnotates("/private/comment", "x")).isEqualTo(new MetadataResult.NotPermitted());
        assertThat(visitorsAnnotations()).isEqualTo(new AnnotationsResult.NoPermission());
        assertThat(visitorsAnnotationsOfAll()).isEmpty();

        grant(INBOX, "lp");
        assertThat(visitorAnnotates("/private/comment", "x")).isEqualTo(new MetadataResult.Done());
        assertThat(visitorAnnotates("/shared/comment", "x")).isEqualTo(new MetadataResult.NotPermitted());
        assertThat(visitorsAnnotationsOfAll()).isEqualTo(Map.of("/private/comment", "x"));
        grant(INBOX, "lw");
        assertThat(visitorAnnotates("/shared/comment", "x")).isEqualTo(new MetadataResult.Done());
    }

    /** RFC 5464 §3.3: a private value is its reader's alone. */
    @Test
    default void eachReaderHasPrivateAnnotationsAndAllShareTheOthers() {
        grant(INBOX, "lrw");
        listener().annotate(owner(), INBOX, values("/private/comment", "owner's"));
        listener().annotate(owner(), INBOX, values("/shared/comment", "ours"));
        assertThat(visitorsAnnotationsOfAll()).isEqualTo(Map.of("/shared/comment", "ours"));

        assertThat(visitorAnnotates("/private/comment", "visitor's")).isEqualTo(new MetadataResult.Done());
        assertThat(visitorAnnotates("/shared/comment", "changed")).isEqualTo(new MetadataResult.Done());

        assertThat(visitorsAnnotationsOfAll())
                .isEqualTo(Map.of("/private/comment", "visitor's", "/shared/comment", "changed"));
        assertThat(texts(((AnnotationsResult.Found) listener().metadata(owner(), INBOX, COMMENTS)).values()))
                .isEqualTo(Map.of("/private/comment", "owner's", "/shared/comment", "changed"));
    }

    /** What a mailbox is for is its owner's to say, and told to the owner alone. */
    @Test
    default void aSpecialUseIsTheOwners() {
        grant(ARCHIVE, "lrswipkxtea");
        MailboxName archive = shared(ARCHIVE);
        MetadataQuery use = new MetadataQuery(List.of(AnnotationName.SPECIAL_USE), 0);

        assertThat(listener().metadata(visitor(), archive, use)).isEqualTo(new AnnotationsResult.Found(Map.of()));
        assertThat(listener().annotate(visitor(), archive, values("/private/specialuse", "\\Junk")))
                .isEqualTo(new MetadataResult.UseRefused());
        assertThat(listener().annotate(visitor(), archive, Map.of(AnnotationName.SPECIAL_USE, Optional.empty())))
                .isEqualTo(new MetadataResult.UseRefused());
        assertThat(status(ARCHIVE).specialUse()).contains(SpecialUse.ARCHIVE);
    }

    /** RFC 5465 §5.4: whoever may know of a mailbox hears that it came, is called otherwise or is gone. */
    @Test
    default void whoKnowsOfAMailboxHearsOfItsName() {
        List<AccountId> told = new ArrayList<>();
        MailboxName a = new MailboxName("a");
        try (Watch watch = listener().watchTree(visitor(), told::add)) {
            create("a");
            told.clear();
            grant(a, "lr");
            assertThat(told).as("shown").isNotEmpty();
            told.clear();
            create("a/b");
            assertThat(told).as("made").isNotEmpty();
            told.clear();
            rename("a", "c");
            assertThat(told).as("renamed").isNotEmpty();
            told.clear();
            listener().delete(owner(), new MailboxName("c/b"));
            assertThat(told).as("deleted").isNotEmpty();
            told.clear();
            grant(new MailboxName("c"), "");
            assertThat(told).as("hidden").isNotEmpty();
            told.clear();
            grant(INBOX, "anyone", "l");
            assertThat(told).as("shown to everybody").isNotEmpty();
            told.clear();
            create("INBOX/d");
            assertThat(told).as("of who shares with everybody").isNotEmpty();
            assertThat(watch).isNotNull();
        }
        told.clear();
        grant(INBOX, "anyone", "lr");
        assertThat(told).isEmpty();
    }

    @Test
    default void readersHearOfAnnotationsAndOfRights() {
        grant(INBOX, "lr");
        List<MailboxId> told = new ArrayList<>();
        try (Watch watch = listener().watch(visited(INBOX).ref(), told::add)) {
            listener().annotate(owner(), INBOX, values("/shared/comment", "x"));
            assertThat(told).containsOnly(status(INBOX).id());
            told.clear();
            grant(INBOX, "l");
            assertThat(told).containsOnly(status(INBOX).id());
            assertThat(watch).isNotNull();
        }
    }

    /** Whoever watches others' mailboxes looks at them like this. */
    @Test
    default void statusesOfOthersNeedTheRightsToLookUpAndRead() {
        appended(SEEN);
        MailboxId inbox = status(INBOX).id();
        List<MailboxId> both = List.of(inbox, status(ARCHIVE).id());
        for (String rights : List.of("l", "r", "lrw")) {
            grant(INBOX, rights);
            assertThat(listener().statuses(visitor(), both))
                    .as(rights)
                    .isEqualTo(rights.equals("lrw") ? List.of(visitorsStatus(INBOX)) : List.of());
        }
        assertThat(visitorsStatus(INBOX).unseen()).isEqualTo(1);
    }

    /** They differ when a value was set, though it be the same. */
    @Test
    default void annotationsHaveVersions() {
        grant(INBOX, "lr");
        listener().annotate(owner(), INBOX, values("/private/comment", "x"));
        listener().annotate(owner(), INBOX, values("/shared/comment", "x"));
        listener().annotate(visitor(), shared(INBOX), values("/private/comment", "x"));
        Map<AnnotationName, Long> owners = versions(owner());
        Map<AnnotationName, Long> visitors = versions(visitor());
        assertThat(visitors).containsOnlyKeys(COMMENTS.names());
        assertThat(versions(visitor())).isEqualTo(visitors);

        listener().annotate(visitor(), shared(INBOX), values("/private/comment", "y"));
        assertThat(versions(owner())).isEqualTo(owners);
        assertThat(versions(visitor())).isNotEqualTo(visitors);
        listener().annotate(owner(), INBOX, values("/shared/comment", "y"));
        AnnotationName comment = AnnotationName.parse("/shared/comment");
        assertThat(versions(visitor()).get(comment)).isNotEqualTo(visitors.get(comment));
        listener().annotate(owner(), INBOX, Map.of(comment, Optional.empty()));
        assertThat(versions(owner())).containsOnlyKeys(AnnotationName.parse("/private/comment"));

        grant(INBOX, "x");
        assertThat(versions(visitor())).isEmpty();
        listener().annotateServer(visitor(), values("/private/vendor/acme/a/b", "x"));
        assertThat(listener().serverAnnotationVersions(visitor()))
                .containsKey(AnnotationName.parse("/private/vendor/acme/a/b"));
        assertThat(listener().serverAnnotationVersions(owner()))
                .doesNotContainKey(AnnotationName.parse("/private/vendor/acme/a/b"));
    }

    private Map<AnnotationName, Long> versions(AccountId reader) {
        MailboxId inbox = status(INBOX).id();
        return listener().annotationVersions(reader, List.of(inbox)).getOrDefault(inbox, Map.of());
    }

    private MetadataResult visitorAnnotates(String name, String value) {
        return listener().annotate(visitor(), shared(INBOX), values(name, value));
    }

    private AnnotationsResult visitorsAnnotations() {
        return listener().metadata(visitor(), shared(INBOX), COMMENTS);
    }

    private Map<String, String> visitorsAnnotationsOfAll() {
        MailboxId inbox = status(INBOX).id();
        Map<String, String> found =
                texts(listener().metadata(visitor(), List.of(inbox), COMMENTS).getOrDefault(inbox, Map.of()));
        if (visitorsAnnotations() instanceof AnnotationsResult.Found(Map<AnnotationName, byte[]> values)) {
            assertThat(texts(values)).isEqualTo(found);
        }
        return found;
    }

    private static Map<AnnotationName, Optional<byte[]>> values(String name, String value) {
        return Map.of(AnnotationName.parse(name), Optional.of(value.getBytes(UTF_8)));
    }

    private static Map<String, String> texts(Map<AnnotationName, byte[]> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> texts.put(name.toString(), new String(value, UTF_8)));
        return texts;
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
