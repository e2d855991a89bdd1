// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.message.Flags;

/** What every {@link ImapListener} does when messages are copied, moved and expunged (RFC 9051 §6.4.3, §6.4.7 and §6.4.8). */
public interface TransferContract extends ImapContract {
    Flags KEYWORD = new Flags(0, List.of("k"));

    @Test
    default void copiesKeepFlagsDateAndOctetsAndHaveIdsOfTheirOwn() {
        appended(SEEN);
        appended(KEYWORD);
        appended(ARCHIVE, SEEN);
        List<FetchRow> before = fetch(INBOX, 1, 2);

        CopyResult.Copied copied = copied(listener().copy(ref(INBOX), new long[] {1, 2, 7}, ARCHIVE));

        assertThat(copied.uidValidity()).isEqualTo(status(ARCHIVE).uidValidity());
        assertThat(copied.sourceUids()).containsExactly(1, 2);
        assertThat(copied.targetUids()).containsExactly(2, 3);
        List<FetchRow> copies = fetch(ARCHIVE, 2, 3);
        assertThat(copies).extracting(FetchRow::flags).containsExactly(SEEN, KEYWORD);
        assertThat(copies).extracting(FetchRow::internalDate).containsOnly(DATE);
        assertThat(copies)
                .extracting(FetchRow::messageId)
                .doesNotHaveDuplicates()
                .doesNotContain(before.get(0).messageId(), before.get(1).messageId());
        assertThat(listener().content(ref(ARCHIVE), 3, 0, 1000)).hasValue(TEXT.getBytes(UTF_8));
        assertThat(fetch(INBOX, 1, 2)).isEqualTo(before);
        assertThat(counters(ARCHIVE)).containsExactly(3L, 1L, 0L, 3L * TEXT.length());
    }

    @Test
    default void answersAscendingInWhateverOrderItIsAsked() {
        appended(SEEN);
        appended(KEYWORD);

        CopyResult.Copied copied = copied(listener().copy(ref(INBOX), new long[] {2, 1}, ARCHIVE));

        assertThat(copied.sourceUids()).containsExactly(1, 2);
        assertThat(copied.targetUids()).containsExactly(1, 2);
        assertThat(fetch(ARCHIVE, 1, 2)).extracting(FetchRow::flags).containsExactly(SEEN, KEYWORD);
    }

    @Test
    default void copiesAndMovesNothingOfWhatIsNotThere() {
        long before = status(ARCHIVE).highestModSeq();

        assertThat(copied(listener().copy(ref(INBOX), new long[] {1, 2}, ARCHIVE))
                        .targetUids())
                .isEmpty();
        assertThat(copied(listener().move(ref(INBOX), new long[] {1, 2}, ARCHIVE))
                        .targetUids())
                .isEmpty();
        assertThat(status(ARCHIVE).highestModSeq()).isEqualTo(before);
    }

    @Test
    default void copiesAndMovesNowhereElse() {
        appended(SEEN);

        assertThat(listener().copy(ref(INBOX), new long[] {1}, NOWHERE)).isEqualTo(new CopyResult.NoSuchMailbox());
        assertThat(listener().move(ref(INBOX), new long[] {1}, NOWHERE)).isEqualTo(new CopyResult.NoSuchMailbox());
        assertThat(snapshot(INBOX).uids()).containsExactly(1);
    }

    @Test
    default void copiesAllOrNoneWithinTheQuotaAndMovesRegardlessOfIt() {
        appended(SEEN);
        appended(SEEN);
        quotaIs(3L * TEXT.length());

        assertThat(listener().copy(ref(INBOX), new long[] {1, 2}, ARCHIVE)).isEqualTo(new CopyResult.OverQuota());
        assertThat(counters(ARCHIVE)).containsOnly(0L);
        assertThat(copied(listener().copy(ref(INBOX), new long[] {1}, ARCHIVE)).targetUids())
                .containsExactly(1);
        assertThat(copied(listener().move(ref(INBOX), new long[] {1, 2}, ARCHIVE))
                        .targetUids())
                .containsExactly(2, 3);
    }

    @Test
    default void copiesAndMovesWithinOneMailbox() {
        appended(SEEN);

        assertThat(copied(listener().copy(ref(INBOX), new long[] {1}, INBOX)).targetUids())
                .containsExactly(2);
        assertThat(copied(listener().move(ref(INBOX), new long[] {1}, INBOX)).targetUids())
                .containsExactly(3);

        assertThat(snapshot(INBOX).uids()).containsExactly(2, 3);
        assertThat(counters(INBOX)).containsExactly(2L, 0L, 0L, 2L * TEXT.length());
    }

    /** RFC 8474 §5.1: the identity of a message is the same wherever it was moved. */
    @Test
    default void movesKeepTheIdOfTheMessage() {
        appended(SEEN);
        appended(DELETED);
        FetchRow before = fetch(INBOX, 2).getFirst();
        long inboxSeq = status(INBOX).highestModSeq();
        long archiveSeq = status(ARCHIVE).highestModSeq();

        CopyResult.Copied moved = copied(listener().move(ref(INBOX), new long[] {2, 5}, ARCHIVE));

        assertThat(moved.sourceUids()).containsExactly(2);
        assertThat(moved.targetUids()).containsExactly(1);
        FetchRow after = fetch(ARCHIVE, 1).getFirst();
        assertThat(after.messageId()).isEqualTo(before.messageId());
        assertThat(after.flags()).isEqualTo(DELETED);
        assertThat(after.internalDate()).isEqualTo(DATE);
        assertThat(after.modSeq())
                .isGreaterThan(archiveSeq)
                .isEqualTo(status(ARCHIVE).highestModSeq());
        assertThat(listener().changes(ref(INBOX), inboxSeq).expunged()).containsExactly(2);
        assertThat(listener().content(ref(INBOX), 2, 0, 10)).isEmpty();
        assertThat(counters(INBOX)).containsExactly(1L, 0L, 0L, (long) TEXT.length());
        assertThat(counters(ARCHIVE)).containsExactly(1L, 1L, 1L, (long) TEXT.length());
    }

    @Test
    default void tellsTheWatchersOfBothEnds() {
        appended(SEEN);
        List<MailboxId> told = new ArrayList<>();
        listener().watch(ref(INBOX), told::add);
        listener().watch(ref(ARCHIVE), told::add);

        listener().move(ref(INBOX), new long[] {1}, ARCHIVE);

        assertThat(told).contains(ref(INBOX).mailbox(), ref(ARCHIVE).mailbox());
    }

    @Test
    default void expungesOnlyWhatIsDeletedAndAskedFor() {
        appended(SEEN);
        appended(DELETED);
        appended(DELETED);
        appended(DELETED);
        long before = status(INBOX).highestModSeq();

        assertThat(listener().expunge(ref(INBOX), Optional.of(new long[] {1, 3, 9})))
                .containsExactly(3);
        assertThat(status(INBOX).highestModSeq()).isGreaterThan(before);
        assertThat(listener().expunge(ref(INBOX), Optional.empty())).containsExactly(2, 4);
        assertThat(listener().changes(ref(INBOX), before).expunged()).containsExactly(2, 3, 4);
        assertThat(counters(INBOX)).containsExactly(1L, 0L, 0L, (long) TEXT.length());
    }

    @Test
    default void expungingNothingChangesNothing() {
        appended(SEEN);
        MailboxStatus before = status(INBOX);

        assertThat(listener().expunge(ref(INBOX), Optional.empty())).isEmpty();
        assertThat(listener().expunge(ref(INBOX), Optional.of(new long[] {1, 2})))
                .isEmpty();

        assertThat(status(INBOX)).isEqualTo(before);
    }

    private static CopyResult.Copied copied(CopyResult result) {
        return (CopyResult.Copied) result;
    }
}
