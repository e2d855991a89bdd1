// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
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
