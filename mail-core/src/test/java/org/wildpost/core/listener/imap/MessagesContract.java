// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.search.SearchKey;

/** What every {@link ImapListener} does with the messages of one mailbox (RFC 9051 §6.3.12 and §6.4, RFC 7162). */
public interface MessagesContract extends ImapContract {
    @Test
    default void appendsWithAscendingUids() {
        MailboxStatus before = status(INBOX);

        assertThat(append(INBOX, TEXT, SEEN)).isEqualTo(new AppendResult.Appended(before.uidValidity(), 1));
        assertThat(append(INBOX, TEXT, DELETED)).isEqualTo(new AppendResult.Appended(before.uidValidity(), 2));

        assertThat(status(INBOX).uidNext()).isEqualTo(3);
        assertThat(status(INBOX).highestModSeq()).isGreaterThan(before.highestModSeq());
        assertThat(counters(INBOX)).containsExactly(2L, 1L, 1L, 2L * TEXT.length());
    }

    @Test
    default void aUidNeverComesAgain() {
        appended(DELETED);
        listener().expunge(ref(INBOX), Optional.empty());

        assertThat(appended(SEEN)).isEqualTo(2);
    }

    @Test
    default void appendsNothingWhereItCannot() {
        assertThat(append(NOWHERE, TEXT, SEEN)).isEqualTo(new AppendResult.NoSuchMailbox());
        appended(SEEN);
        quotaIs(2L * TEXT.length() - 1);
        assertThat(append(INBOX, TEXT, SEEN)).isEqualTo(new AppendResult.OverQuota());
        quotaIs(2L * TEXT.length());
        diskIsFull();
        assertThat(append(INBOX, TEXT, SEEN)).isEqualTo(new AppendResult.NoRoom());

        assertThat(status(INBOX).messages()).isEqualTo(1);
        assertThat(status(INBOX).uidNext()).isEqualTo(2);
    }

    @Test
    default void fetchesWhatWasAppended() {
        Flags flags = new Flags(SystemFlag.SEEN.bit(), List.of("$Forwarded", "work"));
        appended(flags);
        FetchRow row = listener()
                .fetch(ref(INBOX), new long[] {1}, EnumSet.allOf(FetchDetail.class))
                .getFirst();

        assertThat(row.flags()).isEqualTo(flags);
        assertThat(row.internalDate()).isEqualTo(DATE);
        assertThat(row.size()).isEqualTo(TEXT.length());
        assertThat(row.modSeq()).isEqualTo(status(INBOX).highestModSeq());
        assertThat(row.envelope().orElseThrow().subject()).isEqualTo("Hello world");
        assertThat(row.structure().orElseThrow().bodyOffset()).isEqualTo(TEXT.indexOf("the Body"));
        assertThat(row.preview()).isEqualTo("the Body of it");
        assertThat(fetch(INBOX, 1).getFirst().envelope()).isEmpty();
        assertThat(fetch(INBOX, 1).getFirst().structure()).isEmpty();
    }

    @Test
    default void fetchesAscendingAndOnlyWhatExists() {
        appended(SEEN);
        appended(SEEN);
        appended(SEEN);

        assertThat(fetch(INBOX, 3, 9, 1)).extracting(FetchRow::uid).containsExactly(1L, 3L);
        assertThat(fetch(INBOX)).isEmpty();
    }

    @Test
    default void givesOctetsFromAnOffsetAndFewerAtTheEnd() {
        appended(SEEN);
        MailboxRef inbox = ref(INBOX);
        int end = TEXT.length();

        assertThat(listener().content(inbox, 1, 0, ImapListener.SLICE)).hasValue(TEXT.getBytes(UTF_8));
        assertThat(listener().content(inbox, 1, 9, 5)).hasValue("Hello".getBytes(UTF_8));
        assertThat(listener().content(inbox, 1, end - 3L, 10)).hasValue("t\r\n".getBytes(UTF_8));
        assertThat(listener().content(inbox, 1, end, 10)).hasValue(new byte[0]);
        assertThat(listener().content(inbox, 1, end + 99L, 10)).hasValue(new byte[0]);
        assertThat(listener().content(inbox, 2, 0, 10)).isEmpty();
    }

    @Test
    default void readsTheFirstOctetsOfSeveralMessages() {
        appended(SEEN);
        appended(SEEN);
        MailboxRef inbox = ref(INBOX);
        int end = TEXT.length();

        List<Optional<byte[]>> heads =
                listener().heads(inbox, new long[] {1, 9, 2, 1}, new long[] {end + 9L, 10, 14, 0});

        assertThat(heads).hasSize(4);
        assertThat(heads.get(0)).hasValue(TEXT.getBytes(UTF_8));
        assertThat(heads.get(1)).isEmpty();
        assertThat(heads.get(2)).hasValue(TEXT.substring(0, 14).getBytes(UTF_8));
        assertThat(heads.get(3)).hasValue(new byte[0]);
    }

    @Test
    default void opensASnapshotThatIsConsistentInItself() {
        appended(SEEN);
        appended(new Flags(SystemFlag.DELETED.bit(), List.of("work")));

        OpenResult.Opened opened = (OpenResult.Opened) listener().open(owner(), INBOX, true);
        MailboxSnapshot snapshot = opened.snapshot();

        assertThat(opened.status()).isEqualTo(status(INBOX));
        assertThat(snapshot.uids()).containsExactly(1, 2);
        assertThat(snapshot.flags(0)).isEqualTo(SEEN);
        assertThat(snapshot.flags(1)).isEqualTo(new Flags(SystemFlag.DELETED.bit(), List.of("work")));
        assertThat(snapshot.knownKeywords()).containsExactly("work");
        assertThat(snapshot.modSeq(1)).isEqualTo(status(INBOX).highestModSeq());
        assertThat(snapshot.highestModSeq()).isEqualTo(status(INBOX).highestModSeq());
        assertThat(snapshot.uidNext()).isEqualTo(3);
    }

    @Test
    default void aViewFollowsEveryChangeAndIsSharedWhileThereIsNone() {
        appended(SEEN);
        appended(DELETED);
        MailboxSnapshot before = view();

        assertThat(view()).isSameAs(before);
        store(StoreRequest.Mode.ADD, new Flags(0, List.of("work")), 1);
        assertThat(view().flags(0)).isEqualTo(new Flags(SEEN.system(), List.of("work")));
        assertThat(view().modSeq(0)).isEqualTo(status(INBOX).highestModSeq());
        listener().expunge(ref(INBOX), Optional.empty());
        assertThat(view().uids()).containsExactly(1);
        appended(Flags.NONE);
        assertThat(view().uids()).containsExactly(1, 3);
        assertThat(view().uidNext()).isEqualTo(4);
        assertThat(before.uids()).as("what was handed out stays").containsExactly(1, 2);
        assertThat(before.flags(0)).isEqualTo(SEEN);
    }

    private MailboxSnapshot view() {
        return listener().view(ref(INBOX)).orElseThrow();
    }

    /** RFC 7162 §3.2.10.1. */
    @Test
    default void remembersWhatVanishedSince() {
        appended(DELETED);
        appended(DELETED);
        appended(Flags.NONE);
        listener().expunge(ref(INBOX), Optional.of(new long[] {1}));
        long known = status(INBOX).highestModSeq();
        listener().expunge(ref(INBOX), Optional.empty());
        listener().move(ref(INBOX), new long[] {3}, ARCHIVE);

        assertThat(listener().vanished(ref(INBOX), known).uids()).containsExactly(2, 3);
        assertThat(listener().vanished(ref(INBOX), 1).uids()).containsExactly(1, 2, 3);
        assertThat(listener().vanished(ref(INBOX), 1).complete()).isTrue();
        assertThat(listener()
                        .vanished(ref(INBOX), status(INBOX).highestModSeq())
                        .uids())
                .isEmpty();
    }

    @Test
    default void storesFlagsInThreeModes() {
        appended(new Flags(SystemFlag.FLAGGED.bit(), List.of("Work")));
        Flags added = new Flags(SystemFlag.FLAGGED.bit() | SEEN.system(), List.of("Work", "x"));

        assertThat(flags(store(StoreRequest.Mode.ADD, new Flags(SEEN.system(), List.of("work", "x")), 1, 9)))
                .containsExactly(added);
        assertThat(flags(store(StoreRequest.Mode.REMOVE, new Flags(SystemFlag.FLAGGED.bit(), List.of("WORK")), 1)))
                .containsExactly(new Flags(SEEN.system(), List.of("x")));
        assertThat(counters(INBOX)).startsWith(1L, 0L, 0L);
        assertThat(flags(store(StoreRequest.Mode.REPLACE, DELETED, 1))).containsExactly(DELETED);
        assertThat(fetch(INBOX, 1)).extracting(FetchRow::flags).containsExactly(DELETED);
        assertThat(counters(INBOX)).startsWith(1L, 1L, 1L);
    }

    @Test
    default void aChangeOfFlagsMovesTheModSeqAndNoChangeDoesNot() {
        appended(SEEN);
        appended(Flags.NONE);
        List<Long> before = modSeqs(fetch(INBOX, 1, 2));
        long highest = status(INBOX).highestModSeq();

        StoreResult result = store(StoreRequest.Mode.ADD, SEEN, 1, 2);

        assertThat(result.messages()).extracting(Changes.Changed::uid).containsExactly(1L, 2L);
        assertThat(result.messages().get(0).modSeq()).isEqualTo(before.get(0));
        assertThat(result.messages().get(1).modSeq())
                .isGreaterThan(highest)
                .isEqualTo(status(INBOX).highestModSeq())
                .isEqualTo(fetch(INBOX, 2).getFirst().modSeq());
        store(StoreRequest.Mode.ADD, SEEN, 1, 2);
        assertThat(status(INBOX).highestModSeq())
                .isEqualTo(result.messages().get(1).modSeq());
    }

    /** RFC 7162 §3.1.3. */
    @Test
    default void leavesAloneWhatChangedSince() {
        appended(Flags.NONE);
        appended(Flags.NONE);
        long known = status(INBOX).highestModSeq();
        store(StoreRequest.Mode.ADD, SEEN, 2);

        StoreResult result = listener()
                .store(
                        ref(INBOX),
                        new StoreRequest(new long[] {1, 2, 9}, StoreRequest.Mode.ADD, DELETED, OptionalLong.of(known)));

        assertThat(result.modified()).containsExactly(2);
        assertThat(result.messages()).extracting(Changes.Changed::uid).containsExactly(1L);
        assertThat(fetch(INBOX, 1, 2)).extracting(FetchRow::flags).containsExactly(DELETED, SEEN);
    }

    @Test
    default void tellsWhatHappenedSince() {
        appended(Flags.NONE);
        appended(DELETED);
        appended(Flags.NONE);
        long known = status(INBOX).highestModSeq();
        store(StoreRequest.Mode.ADD, SEEN, 1);
        listener().expunge(ref(INBOX), Optional.empty());
        appended(SEEN);

        Changes changes = listener().changes(ref(INBOX), known);

        assertThat(changes.exists()).isTrue();
        assertThat(changes.changed()).extracting(Changes.Changed::uid).containsExactly(1L, 4L);
        assertThat(changes.changed()).extracting(Changes.Changed::flags).containsOnly(SEEN);
        assertThat(changes.expunged()).containsExactly(2);
        assertThat(changes.uidNext()).isEqualTo(5);
        assertThat(changes.highestModSeq()).isEqualTo(status(INBOX).highestModSeq());
        Changes none = listener().changes(ref(INBOX), changes.highestModSeq());
        assertThat(none.changed()).isEmpty();
        assertThat(none.expunged()).isEmpty();
    }

    @Test
    default void nobodySeesOrChangesTheMailOfAnother() {
        appended(DELETED);
        MailboxRef stolen = new MailboxRef(stranger(), status(INBOX).id());

        assertThat(listener().fetch(stolen, new long[] {1}, Set.of())).isEmpty();
        assertThat(listener().content(stolen, 1, 0, 10)).isEmpty();
        assertThat(listener().heads(stolen, new long[] {1}, new long[] {10})).containsExactly(Optional.empty());
        assertThat(listener().changes(stolen, 0).exists()).isFalse();
        assertThat(listener().view(stolen)).isEmpty();
        assertThat(listener().vanished(stolen, 0).uids()).isEmpty();
        assertThat(listener()
                        .search(stolen, SearchQuery.of(new SearchKey.All()))
                        .uids())
                .isEmpty();
        assertThat(listener().expunge(stolen, Optional.empty())).isEmpty();
        assertThat(counters(INBOX)).startsWith(1L, 1L, 1L);
    }

    @Test
    default void tellsWatchersOfEachKindOfChange() {
        List<MailboxId> told = new ArrayList<>();
        MailboxRef inbox = ref(INBOX);
        Watch watch = listener().watch(inbox, told::add);
        appended(SEEN);
        assertThat(told).contains(inbox.mailbox());
        told.clear();
        store(StoreRequest.Mode.REPLACE, DELETED, 1);
        assertThat(told).contains(inbox.mailbox());
        told.clear();
        listener().expunge(inbox, Optional.empty());
        assertThat(told).contains(inbox.mailbox());
        told.clear();
        appended(ARCHIVE, SEEN);
        assertThat(told).isEmpty();
        watch.close();
        appended(SEEN);
        assertThat(told).isEmpty();
    }

    private static List<Flags> flags(StoreResult result) {
        return result.messages().stream().map(Changes.Changed::flags).toList();
    }

    private static List<Long> modSeqs(List<FetchRow> rows) {
        return rows.stream().map(FetchRow::modSeq).toList();
    }
}
