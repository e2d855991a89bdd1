// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.SnapshotBuilder;

/** RFC 3501 §2.3.2. */
class RecentMessagesTest {
    private static final MailboxId INBOX = new MailboxId(1);

    private final RecentMarks marks = new RecentMarks();

    private RecentMessages open(MailboxSnapshot snapshot, long firstRecent, boolean takes) {
        MailboxStatus status = new MailboxStatus(
                INBOX, MailboxName.INBOX, Optional.empty(), 1, snapshot.uidNext(), 10, snapshot.size(), 0, 0, 8, 0);
        return new RecentMessages(
                marks,
                new OpenResult.Opened(new MailboxRef(new AccountId(1), status.id()), status, snapshot, firstRecent),
                takes);
    }

    private static MailboxSnapshot messages(long... uids) {
        SnapshotBuilder builder = new SnapshotBuilder();
        LongStream.of(uids).forEach(uid -> builder.add(uid, 0, List.of(), 1));
        return builder.build(uids[uids.length - 1] + 1, 10);
    }

    @Test
    void whatCameIsRecentInTheFirstSessionThatHearsOfItAlone() {
        MailboxSnapshot before = messages(1, 2);
        RecentMessages one = open(before, 2, true);
        RecentMessages other = open(before, 3, true);
        MailboxSnapshot now = messages(1, 2, 3, 4);

        other.came(3, 3);
        one.came(3, 4);
        other.came(4, 4);

        assertThat(one.of(now)).containsExactly(2, 4);
        assertThat(other.of(now)).containsExactly(3);
        assertThat(one.count(now)).isEqualTo(2);
        assertThat(LongStream.rangeClosed(1, 4).filter(one::has).toArray()).containsExactly(2, 4);
        assertThat(marks.told(INBOX)).isEqualTo(4);
    }

    @Test
    void whoComesLaterFindsOnlyWhatNobodyHeardOf() {
        open(messages(1), 1, true).came(2, 2);

        assertThat(open(messages(1, 2, 3), 1, true).of(messages(1, 2, 3))).containsExactly(3);
    }

    @Test
    void whoOnlyReadsTakesNothing() {
        MailboxSnapshot all = messages(1, 2);
        RecentMessages reader = open(all, 1, false);
        reader.came(3, 3);

        assertThat(reader.of(messages(1, 2, 3))).containsExactly(1, 2);
        assertThat(open(all, 1, true).of(all)).containsExactly(1, 2);
    }

    @Test
    void forgetsTheMailboxThatWasNotAskedForLongest() {
        for (int i = 1; i <= RecentMarks.MAILBOXES; i++) {
            marks.claim(new MailboxId(i), 1, 9);
        }
        marks.told(new MailboxId(1));
        marks.claim(new MailboxId(RecentMarks.MAILBOXES + 1L), 1, 9);

        assertThat(marks.told(new MailboxId(1))).isEqualTo(9);
        assertThat(marks.told(new MailboxId(2))).isZero();
    }
}
