// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;

/** What every {@link ImapListener} tells those who watch more than one mailbox (RFC 5465 §5). */
public interface WatchContract extends ImapContract {
    @Test
    default void tellsWhatHappensToTheTree() {
        List<AccountId> told = new ArrayList<>();
        try (Watch watch = listener().watchTree(owner(), told::add)) {
            create("a/b");
            assertThat(told).as("made").containsOnly(owner());
            told.clear();
            rename("a/b", "c");
            assertThat(told).as("renamed").containsOnly(owner());
            told.clear();
            listener().subscribe(owner(), NOWHERE, true);
            assertThat(told).as("subscribed").containsOnly(owner());
            told.clear();
            listener().subscribe(owner(), NOWHERE, false);
            assertThat(told).as("not subscribed any more").containsOnly(owner());
            told.clear();
            listener().delete(owner(), new MailboxName("c"));
            assertThat(told).as("deleted").containsOnly(owner());
            assertThat(watch).isNotNull();
        }
    }

    @Test
    default void tellsNothingOfTheTreeBecauseOfMessagesNorAfterTheEnd() {
        List<AccountId> told = new ArrayList<>();
        Watch watch = listener().watchTree(owner(), told::add);
        appended(SEEN);
        assertThat(told).isEmpty();
        watch.close();
        create("a");
        assertThat(told).isEmpty();
    }

    @Test
    default void givesTheStatusOfSomeMailboxes() {
        appended(ARCHIVE, SEEN);
        MailboxId gone = new MailboxId(Long.MAX_VALUE);
        List<MailboxId> some = List.of(ref(ARCHIVE).mailbox(), gone, ref(INBOX).mailbox());

        assertThat(listener().statuses(owner(), some)).containsExactlyInAnyOrder(status(ARCHIVE), status(INBOX));
        assertThat(listener().statuses(owner(), List.of())).isEmpty();
        assertThat(listener().statuses(stranger(), some)).isEmpty();
    }
}
