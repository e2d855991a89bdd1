// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;

/**
 * What every {@link ImapListener} tells visitors beside the messages of shared mailboxes: the quota of the owner (RFC 9208), annotations (RFC 5464), and news
 * of names, annotations and rights (RFC 5465).
 */
public interface SharedNewsContract extends SharingContract {
    MetadataQuery COMMENTS = new MetadataQuery(
            List.of(AnnotationName.parse("/private/comment"), AnnotationName.parse("/shared/comment")), 0);

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
}
