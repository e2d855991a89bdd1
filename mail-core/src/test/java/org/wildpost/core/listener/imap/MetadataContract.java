// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;

/** What every {@link ImapListener} does with annotations (RFC 5464, RFC 6154 §4). */
public interface MetadataContract extends ImapContract {
    MetadataResult DONE = new MetadataResult.Done();

    @Test
    default void keepsAnnotationsOfAMailbox() {
        assertThat(annotate(INBOX, "/private/comment", "mine", "/shared/comment", "ours"))
                .isEqualTo(DONE);

        assertThat(metadata(INBOX, 0, "/private/comment", "/shared/comment"))
                .isEqualTo(Map.of("/private/comment", "mine", "/shared/comment", "ours"));
        assertThat(metadata(INBOX, 0, "/shared/comment")).isEqualTo(Map.of("/shared/comment", "ours"));
        assertThat(metadata(ARCHIVE, 0, "/private/comment")).isEmpty();
    }

    @Test
    default void replacesAndRemoves() {
        annotate(INBOX, "/private/comment", "first", "/private/other", "x");
        annotate(INBOX, "/private/comment", "second");
        assertThat(metadata(INBOX, 0, "/private/comment")).isEqualTo(Map.of("/private/comment", "second"));

        annotate(INBOX, "/private/comment", null);
        annotate(INBOX, "/private/comment", null);

        assertThat(metadata(INBOX, MetadataQuery.ALL, "/private")).isEqualTo(Map.of("/private/other", "x"));
    }

    @Test
    default void anEmptyValueIsAValue() {
        annotate(INBOX, "/private/comment", "");

        assertThat(metadata(INBOX, 0, "/private/comment")).isEqualTo(Map.of("/private/comment", ""));
    }

    /** RFC 7162 §3.2. */
    @Test
    default void whatChangesMovesTheMailboxOn() {
        long before = status(ARCHIVE).highestModSeq();
        annotate(ARCHIVE, "/private/comment", "x");
        long set = status(ARCHIVE).highestModSeq();
        annotate(ARCHIVE, "/private/comment", "x", "/private/none", null);
        long same = status(ARCHIVE).highestModSeq();
        annotate(ARCHIVE, "/shared/comment", "x");
        long shared = status(ARCHIVE).highestModSeq();
        annotate(ARCHIVE, "/private/comment", null);
        long removed = status(ARCHIVE).highestModSeq();
        annotate(ARCHIVE, "/private/specialuse", null);
        long use = status(ARCHIVE).highestModSeq();
        annotate(ARCHIVE, "/private/comment", "x".repeat(MetadataLimits.DEFAULTS.value() + 1));

        assertThat(set).isGreaterThan(before);
        assertThat(same).isEqualTo(set);
        assertThat(shared).isGreaterThan(same);
        assertThat(removed).isGreaterThan(shared);
        assertThat(use).isGreaterThan(removed);
        assertThat(status(ARCHIVE).highestModSeq()).isEqualTo(use);
        assertThat(status(INBOX).highestModSeq()).isEqualTo(1);
    }

    /** RFC 5464 §4.2.2. */
    @Test
    default void findsWhatLiesBelow() {
        annotate(INBOX, "/private/a/b", "1", "/private/a/b/c", "2", "/private/ab", "3", "/shared/a/b", "4");

        assertThat(metadata(INBOX, 0, "/private/a")).isEmpty();
        assertThat(metadata(INBOX, 1, "/private/a")).isEqualTo(Map.of("/private/a/b", "1"));
        assertThat(metadata(INBOX, MetadataQuery.ALL, "/private/a"))
                .isEqualTo(Map.of("/private/a/b", "1", "/private/a/b/c", "2"));
    }

    @Test
    default void answersForManyMailboxesAtOnce() {
        annotate(INBOX, "/private/comment", "in");
        annotate(ARCHIVE, "/private/comment", "old");

        Map<String, String> values = new TreeMap<>();
        listener()
                .metadata(
                        owner(),
                        List.of(
                                status(INBOX).id(),
                                status(ARCHIVE).id(),
                                status(SpecialUse.SENT.defaultName()).id()),
                        query(0, "/private/comment"))
                .forEach((mailbox, found) -> values.put(
                        mailbox.equals(ref(INBOX).mailbox()) ? "INBOX" : "Archive",
                        text(found).get("/private/comment")));
        assertThat(values).isEqualTo(Map.of("INBOX", "in", "Archive", "old"));
    }

    /** RFC 5465 §5.7. */
    @Test
    default void whoWatchesHearsOfTheServersAnnotations() {
        List<AccountId> owners = new java.util.ArrayList<>();
        List<AccountId> others = new java.util.ArrayList<>();
        AccountId stranger = stranger();
        try (Watch one = listener().watchTree(owner(), owners::add);
                Watch other = listener().watchTree(stranger, others::add)) {
            annotateServer("/private/vendor/acme/x", "mine");
            assertThat(owners).isNotEmpty();
            ownerAdministers();
            others.clear();
            annotateServer("/shared/comment", "down at noon");
            assertThat(others).isNotEmpty();
            owners.clear();
            annotate(ARCHIVE, "/private/specialuse", null);
            assertThat(owners).as("a special use is told with the names").isNotEmpty();
            assertThat(one).isNotSameAs(other);
        }
    }

    @Test
    default void nobodyReadsAnnotationsOfMailboxesThatAreNotTheirs() {
        annotate(INBOX, "/shared/comment", "ours");
        AccountId stranger = stranger();

        assertThat(listener().metadata(stranger, List.of(status(INBOX).id()), query(0, "/shared/comment")))
                .isEmpty();
    }

    /** RFC 5464 §4.1. */
    @Test
    default void annotationsGoWithTheirMailbox() {
        annotate(ARCHIVE, "/private/comment", "old");
        rename("Archive", "Old/Mail");
        assertThat(metadata(new MailboxName("Old/Mail"), 0, "/private/comment"))
                .isEqualTo(Map.of("/private/comment", "old"));

        listener().delete(owner(), new MailboxName("Old/Mail"));
        create("Old/Mail");

        assertThat(metadata(new MailboxName("Old/Mail"), 0, "/private/comment")).isEmpty();
        assertThat(annotate(NOWHERE, "/private/comment", "x")).isEqualTo(new MetadataResult.NoSuchMailbox());
    }

    @Test
    default void renamingInboxCopiesItsAnnotations() {
        annotate(INBOX, "/private/comment", "in");
        rename("INBOX", "Old");

        assertThat(metadata(INBOX, 0, "/private/comment")).isEqualTo(Map.of("/private/comment", "in"));
        assertThat(metadata(new MailboxName("Old"), 0, "/private/comment")).isEqualTo(Map.of("/private/comment", "in"));
    }

    @Test
    default void setsAllOrNoneWithinTheLimits() {
        String longest = "x".repeat(MetadataLimits.DEFAULTS.value());
        assertThat(annotate(INBOX, "/private/a", longest)).isEqualTo(DONE);
        assertThat(annotate(INBOX, "/private/b", "1", "/private/a", longest + "x"))
                .isEqualTo(new MetadataResult.TooLong(MetadataLimits.DEFAULTS.value()));
        assertThat(metadata(INBOX, 0, "/private/b")).isEmpty();

        for (int i = 1; i < MetadataLimits.DEFAULTS.each(); i++) {
            assertThat(annotate(INBOX, "/private/" + i, "v")).isEqualTo(DONE);
        }
        assertThat(annotate(INBOX, "/private/1", "w", "/private/more", "x")).isEqualTo(new MetadataResult.TooMany());
        assertThat(metadata(INBOX, 0, "/private/1")).isEqualTo(Map.of("/private/1", "v"));
        assertThat(annotate(INBOX, "/private/1", "w")).isEqualTo(DONE);
    }

    /** RFC 6154 §4. */
    @Test
    default void theSpecialUseIsAnAnnotation() {
        assertThat(metadata(ARCHIVE, MetadataQuery.ALL, "/private"))
                .isEqualTo(Map.of("/private/specialuse", "\\Archive"));
        assertThat(metadata(INBOX, 0, "/private/specialuse")).isEmpty();
        create("Saved");
        MailboxName saved = new MailboxName("Saved");

        assertThat(annotate(saved, "/private/specialuse", "\\archive")).isEqualTo(DONE);
        assertThat(status(saved).specialUse()).contains(SpecialUse.ARCHIVE);
        assertThat(status(ARCHIVE).specialUse()).isEmpty();

        assertThat(annotate(saved, "/private/specialuse", "\\Sent")).isEqualTo(DONE);
        assertThat(status(saved).specialUse()).contains(SpecialUse.SENT);
        assertThat(annotate(saved, "/private/specialuse", null)).isEqualTo(DONE);
        assertThat(status(saved).specialUse()).isEmpty();
    }

    @Test
    default void givesNoUseThatAMailboxCannotHave() {
        MetadataResult refused = new MetadataResult.UseRefused();

        assertThat(annotate(ARCHIVE, "/private/specialuse", "\\All")).isEqualTo(refused);
        assertThat(annotate(ARCHIVE, "/private/specialuse", "\\Sent \\Drafts", "/private/comment", "x"))
                .isEqualTo(refused);
        assertThat(annotate(INBOX, "/private/specialuse", "\\Junk")).isEqualTo(refused);
        assertThat(status(ARCHIVE).specialUse()).contains(SpecialUse.ARCHIVE);
        assertThat(metadata(ARCHIVE, 0, "/private/comment")).isEmpty();
    }

    @Test
    default void theServersOwnAnnotationsAreSetByAdministrators() {
        MetadataResult refused = new MetadataResult.NotPermitted();
        assertThat(annotateServer("/shared/comment", "down at noon")).isEqualTo(refused);
        assertThat(annotateServer("/private/vendor/acme/x", "mine")).isEqualTo(DONE);
        assertThat(annotateServer("/shared/admin", "mailto:me@demo.test")).isEqualTo(new MetadataResult.ReadOnly());
        ownerAdministers();
        assertThat(annotateServer("/shared/admin", "mailto:me@demo.test")).isEqualTo(new MetadataResult.ReadOnly());
        assertThat(annotateServer("/shared/comment", "down at noon")).isEqualTo(DONE);

        AccountId stranger = stranger();
        assertThat(server(stranger, "/shared", "/private")).containsEntry("/shared/comment", "down at noon");
        assertThat(server(stranger, "/private")).isEmpty();
        assertThat(server(owner(), "/private")).isEqualTo(Map.of("/private/vendor/acme/x", "mine"));
        assertThat(server(owner(), "/shared/admin").get("/shared/admin")).startsWith("mailto:");

        assertThat(annotateServer("/shared/comment", null)).isEqualTo(DONE);
        assertThat(server(stranger, "/shared/comment")).isEmpty();
    }

    private MetadataResult annotate(MailboxName mailbox, String... namesAndValues) {
        return listener().annotate(owner(), mailbox, values(namesAndValues));
    }

    private MetadataResult annotateServer(String... namesAndValues) {
        return listener().annotateServer(owner(), values(namesAndValues));
    }

    private static Map<AnnotationName, Optional<byte[]>> values(String... namesAndValues) {
        Map<AnnotationName, Optional<byte[]>> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(
                    AnnotationName.parse(namesAndValues[i]),
                    Optional.ofNullable(namesAndValues[i + 1]).map(value -> value.getBytes(UTF_8)));
        }
        return values;
    }

    private Map<String, String> metadata(MailboxName mailbox, int levels, String... names) {
        MailboxId id = status(mailbox).id();
        MetadataQuery query = query(levels, names);
        Map<String, String> found =
                text(listener().metadata(owner(), List.of(id), query).getOrDefault(id, Map.of()));
        AnnotationsResult one = listener().metadata(owner(), mailbox, query);
        assertThat(text(((AnnotationsResult.Found) one).values())).isEqualTo(found);
        return found;
    }

    private Map<String, String> server(AccountId reader, String... names) {
        return text(listener().serverMetadata(reader, query(MetadataQuery.ALL, names)));
    }

    private static MetadataQuery query(int levels, String... names) {
        return new MetadataQuery(
                List.of(names).stream().map(AnnotationName::parse).toList(), levels);
    }

    private static Map<String, String> text(Map<AnnotationName, byte[]> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> texts.put(name.toString(), new String(value, UTF_8)));
        return texts;
    }
}
