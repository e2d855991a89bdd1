// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MimeIndexer;

/** What every {@link ImapListener} does when several messages come together (RFC 3502) and when one takes the place of another (RFC 8508). */
public interface AppendContract extends ImapContract {
    String OTHER = "Subject: Other\r\n\r\nanother body\r\n";

    private static AppendItem item(String text, Flags flags) {
        return new AppendItem(SpooledMessage.of(text.getBytes(UTF_8)), flags, Optional.of(DATE));
    }

    private ReplaceResult replace(MailboxName source, long uid, MailboxName target, String text) {
        try (SpooledMessage message = SpooledMessage.of(text.getBytes(UTF_8))) {
            AppendRequest request = new AppendRequest(message, MimeIndexer.index(message), KEPT, Optional.of(DATE));
            return listener().replace(ref(source), uid, target, request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Flags KEPT = new Flags(0, List.of("kept"));

    @Test
    default void appendsSeveralWithUidsThatFollowEachOther() {
        appended(SEEN);
        MailboxStatus before = status(INBOX);
        String large = TEXT + "x".repeat(1_100_000) + "\r\n";

        AppendResult result = listener()
                .appendAll(
                        owner(),
                        INBOX,
                        List.of(
                                item(TEXT, DELETED),
                                new AppendItem(SpooledMessage.of(OTHER.getBytes(UTF_8)), KEPT, Optional.empty()),
                                item(large, SEEN)));

        assertThat(result).isEqualTo(new AppendResult.Appended(before.uidValidity(), 2));
        List<FetchRow> rows = listener().fetch(ref(INBOX), new long[] {2, 3, 4}, EnumSet.allOf(FetchDetail.class));
        assertThat(rows).extracting(FetchRow::flags).containsExactly(DELETED, KEPT, SEEN);
        assertThat(rows).extracting(FetchRow::size).containsExactly((long) TEXT.length(), (long) OTHER.length(), (long)
                large.length());
        assertThat(rows).extracting(FetchRow::modSeq).allMatch(modSeq -> modSeq > before.highestModSeq());
        assertThat(rows).extracting(FetchRow::messageId).doesNotHaveDuplicates();
        assertThat(rows.get(0).internalDate()).isEqualTo(DATE);
        assertThat(rows.get(1).internalDate()).isNotEqualTo(DATE);
        assertThat(rows.get(1).envelope().orElseThrow().subject()).isEqualTo("Other");
        assertThat(rows.get(1).preview()).isEqualTo("another body");
        assertThat(listener().content(ref(INBOX), 3, 0, 1_000)).hasValue(OTHER.getBytes(UTF_8));
        assertThat(listener().content(ref(INBOX), 4, large.length() - 4L, 10)).hasValue("xx\r\n".getBytes(UTF_8));
        assertThat(counters(INBOX)).containsExactly(4L, 2L, 1L, 2L * TEXT.length() + OTHER.length() + large.length());
        assertThat(status(INBOX).uidNext()).isEqualTo(5);
    }

    @Test
    default void appendsMoreThanABatchOfRows() {
        AppendItem[] items = new AppendItem[250];
        Arrays.setAll(items, i -> item("Subject: " + i + "\r\n\r\n", SEEN));

        listener().appendAll(owner(), INBOX, List.of(items));

        long[] uids = snapshot(INBOX).uids();
        assertThat(uids).hasSize(250).startsWith(1).endsWith(250);
        assertThat(listener().content(ref(INBOX), 250, 0, 100)).hasValue("Subject: 249\r\n\r\n".getBytes(UTF_8));
    }

    @Test
    default void appendsAllOrNone() {
        List<AppendItem> two = List.of(item(TEXT, SEEN), item(OTHER, SEEN));
        MailboxStatus before = status(INBOX);

        assertThat(listener().appendAll(owner(), NOWHERE, two)).isEqualTo(new AppendResult.NoSuchMailbox());
        quotaIs(TEXT.length() + OTHER.length() - 1L);
        assertThat(listener().appendAll(owner(), INBOX, two)).isEqualTo(new AppendResult.OverQuota());
        quotaIs(TEXT.length() + OTHER.length());
        diskIsFull();
        assertThat(listener().appendAll(owner(), INBOX, two)).isEqualTo(new AppendResult.NoRoom());

        assertThat(status(INBOX)).isEqualTo(before);
    }

    @Test
    default void tellsWatchersOfSeveralMessages() {
        List<MailboxId> told = new ArrayList<>();
        listener().watch(ref(INBOX), told::add);

        listener().appendAll(owner(), INBOX, List.of(item(TEXT, SEEN), item(OTHER, SEEN)));

        assertThat(told).contains(ref(INBOX).mailbox());
    }

    @Test
    default void replacesWithinAMailbox() {
        appended(SEEN);
        appended(DELETED);
        long before = status(INBOX).highestModSeq();
        List<MailboxId> told = new ArrayList<>();
        listener().watch(ref(INBOX), told::add);

        assertThat(replace(INBOX, 1, INBOX, OTHER))
                .isEqualTo(new ReplaceResult.Replaced(status(INBOX).uidValidity(), 3));

        assertThat(snapshot(INBOX).uids()).containsExactly(2, 3);
        assertThat(fetch(INBOX, 3)).extracting(FetchRow::flags).containsExactly(KEPT);
        assertThat(listener().content(ref(INBOX), 3, 0, 1_000)).hasValue(OTHER.getBytes(UTF_8));
        Changes changes = listener().changes(ref(INBOX), before);
        assertThat(changes.changed()).extracting(Changes.Changed::uid).containsExactly(3L);
        assertThat(changes.expunged()).containsExactly(1);
        assertThat(counters(INBOX)).containsExactly(2L, 2L, 1L, (long) TEXT.length() + OTHER.length());
        assertThat(told).contains(ref(INBOX).mailbox());
    }

    @Test
    default void replacesIntoAnotherMailbox() {
        appended(SEEN);

        assertThat(replace(INBOX, 1, ARCHIVE, OTHER))
                .isEqualTo(new ReplaceResult.Replaced(status(ARCHIVE).uidValidity(), 1));

        assertThat(counters(INBOX)).containsOnly(0L);
        assertThat(counters(ARCHIVE)).containsExactly(1L, 1L, 0L, (long) OTHER.length());
    }

    @Test
    default void replacesBothOrNeither() {
        appended(SEEN);
        MailboxStatus before = status(INBOX);

        assertThat(replace(INBOX, 1, NOWHERE, OTHER)).isEqualTo(new ReplaceResult.NoSuchMailbox());
        assertThat(replace(INBOX, 2, INBOX, OTHER)).isEqualTo(new ReplaceResult.NoSuchMessage());
        quotaIs(TEXT.length());
        assertThat(replace(INBOX, 1, INBOX, TEXT + "!")).isEqualTo(new ReplaceResult.OverQuota());
        assertThat(status(INBOX)).isEqualTo(before);
        assertThat(replace(INBOX, 1, INBOX, TEXT)).isInstanceOf(ReplaceResult.Replaced.class);
        diskIsFull();
        assertThat(replace(INBOX, 2, INBOX, OTHER)).isEqualTo(new ReplaceResult.NoRoom());
    }
}
