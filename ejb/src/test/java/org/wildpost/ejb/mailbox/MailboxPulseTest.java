// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AccessResult;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MetadataResult;
import org.wildpost.core.listener.imap.Watch;
import org.wildpost.core.message.Flags;

@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class MailboxPulseTest extends StoreTest {
    private static final MailboxName ARCHIVE = new MailboxName("Archive");
    private static final String TEXT = "Subject: x\r\n\r\n";

    private final Store elsewhere = new Store(database);
    private final MailboxPulse pulse = new MailboxPulse();
    private final List<MailboxId> told = new ArrayList<>();

    @BeforeEach
    void listen() {
        pulse.database = database;
        pulse.events = store.events;
    }

    @Test
    void tellsOfChangesOnOtherNodesOnce() {
        MailboxRef archive = store.ref(account, ARCHIVE);
        try (Watch first = store.mail.watch(archive, told::add);
                Watch second = store.mail.watch(inbox, told::add)) {
            pulse.look();
            assertThat(told)
                    .as("nobody knows what was before")
                    .containsExactlyInAnyOrder(archive.mailbox(), inbox.mailbox());
            told.clear();
            pulse.look();
            assertThat(told).isEmpty();

            elsewhere.append(account, ARCHIVE, TEXT, Flags.NONE);
            assertThat(told).isEmpty();
            pulse.look();
            assertThat(told).containsExactly(archive.mailbox());
            pulse.look();
            assertThat(told).hasSize(1);
            assertThat(List.of(first, second)).doesNotContainNull();
        }
    }

    /** What has no MODSEQ may be lost like all news. */
    @Test
    void tellsOfRightsAndAnnotationsThatChangedElsewhere() {
        AccountId reader = elsewhere.neighbour(account);
        Map<String, Runnable> changes = new LinkedHashMap<>();
        changes.put("rights given", () -> grant(reader, "lrw"));
        changes.put("rights changed", () -> grant(reader, "lr"));
        changes.put("an annotation", () -> annotate(Optional.of(new byte[] {'x'})));
        changes.put("another value", () -> annotate(Optional.of(new byte[] {'y'})));
        changes.put("no annotation", () -> annotate(Optional.empty()));
        changes.put("rights taken", () -> grant(reader, ""));
        try (Watch watch = store.mail.watch(inbox, told::add)) {
            pulse.look();
            changes.forEach((what, change) -> {
                told.clear();
                change.run();
                pulse.look();
                assertThat(told).as(what).containsExactly(inbox.mailbox());
                pulse.look();
                assertThat(told).as("%s, once", what).hasSize(1);
            });
            assertThat(watch).isNotNull();
        }
    }

    private void grant(AccountId reader, String rights) {
        assertThat(elsewhere.guarded.grant(
                        account,
                        MailboxName.INBOX,
                        named(reader),
                        RightsChange.parse(rights).orElseThrow()))
                .isEqualTo(new AccessResult.Done());
    }

    private void annotate(Optional<byte[]> value) {
        assertThat(elsewhere.guarded.annotate(
                        account, MailboxName.INBOX, Map.of(AnnotationName.parse("/shared/comment"), value)))
                .isEqualTo(new MetadataResult.Done());
    }

    @Test
    void tellsOnceThatAMailboxIsGone() {
        MailboxRef archive = store.ref(account, ARCHIVE);
        try (Watch watch = store.mail.watch(archive, told::add)) {
            pulse.look();
            told.clear();
            elsewhere.mail.delete(account, ARCHIVE);
            pulse.look();
            pulse.look();
            assertThat(told).containsExactly(archive.mailbox());
            assertThat(watch).isNotNull();
        }
    }

    /** Who watches again later is told at the first look, as if nobody had ever known the mailbox. */
    @Test
    void forgetsWhatNobodyWatches() {
        try (Watch first = store.mail.watch(inbox, told::add)) {
            pulse.look();
            assertThat(told).containsExactly(inbox.mailbox());
            assertThat(first).isNotNull();
        }
        pulse.look();
        assertThat(told).as("nobody watches").hasSize(1);
        try (Watch second = store.mail.watch(inbox, told::add)) {
            pulse.look();
            assertThat(told).as("nothing was kept of it").hasSize(2);
            assertThat(second).isNotNull();
        }
    }
}
