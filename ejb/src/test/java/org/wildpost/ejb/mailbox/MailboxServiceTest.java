// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AppendRequest;
import org.wildpost.core.listener.imap.AppendResult;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.CopyResult;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.MailboxMeasure;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.listener.imap.Watch;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.Spool;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.search.SearchKey;
import org.wildpost.persistence.jdbc.Sql;

/** The store on a real PostgreSQL. */
class MailboxServiceTest extends StoreTest {
    private static final MailboxName ARCHIVE = new MailboxName("Archive");
    private static final Flags SEEN = Flags.of(SystemFlag.SEEN);
    private static final Flags DELETED = Flags.of(SystemFlag.DELETED);
    private static final String TEXT = "Subject: Hello\r\n world\r\nX-Empty:\r\n\r\nthe Body of it\r\n";

    @Test
    void appendsOneMessageToManyWithItsBytesOnce() {
        AccountId other = store.account();
        byte[] trace = "Delivered-To: me\r\n".getBytes(UTF_8);
        byte[] octets = TEXT.getBytes(UTF_8);
        List<MessageAppender.Target> targets = List.of(
                new MessageAppender.Target(other, MailboxName.INBOX, trace, Flags.NONE, Store.NOW),
                new MessageAppender.Target(account, new MailboxName("no"), trace, Flags.NONE, Store.NOW),
                new MessageAppender.Target(account, MailboxName.INBOX, new byte[0], SEEN, Store.NOW),
                new MessageAppender.Target(account, MailboxName.INBOX, trace, DELETED, Store.NOW));

        List<MessageAppender.Outcome> outcomes =
                store.appender.append(SpooledMessage.of(octets), Store.index(TEXT, octets.length), targets);

        assertThat(outcomes.get(1)).isInstanceOf(MessageAppender.Outcome.NoSuchMailbox.class);
        assertThat(List.of(outcomes.get(0), outcomes.get(2), outcomes.get(3)))
                .extracting(outcome -> ((MessageAppender.Outcome.Appended) outcome).uid())
                .containsExactly(1L, 1L, 2L);
        assertThat(store.mail.content(inbox, 2, 0, 1000)).hasValue(("Delivered-To: me\r\n" + TEXT).getBytes(UTF_8));
        assertThat(store.mail.content(inbox, 1, 0, 1000)).hasValue(octets);
        assertThat(Store.counters(store.status(account, MailboxName.INBOX))).isEqualTo(store.recount(inbox));
        assertThat(count(
                        "select count(distinct blob_id) from message where account_id in (?, ?)",
                        account.value(),
                        other.value()))
                .isEqualTo(1);
    }

    @Test
    void leavesNothingBehindWhereThereIsNoMailbox() {
        long before = count("select count(*) from blob");
        byte[] octets = TEXT.getBytes(UTF_8);
        AppendRequest request = new AppendRequest(
                SpooledMessage.of(octets), Store.index(TEXT, octets.length), Flags.NONE, Optional.empty());

        assertThat(store.mail.append(account, new MailboxName("no"), request))
                .isInstanceOf(AppendResult.NoSuchMailbox.class);
        assertThat(count("select count(*) from blob")).isEqualTo(before);
    }

    @Test
    void takesNothingWhenTheDiskIsNearlyFull() {
        byte[] octets = TEXT.getBytes(UTF_8);
        AppendRequest request = new AppendRequest(
                SpooledMessage.of(octets), Store.index(TEXT, octets.length), Flags.NONE, Optional.empty());
        store.free = octets.length;

        assertThat(store.mail.append(account, MailboxName.INBOX, request)).isInstanceOf(AppendResult.NoRoom.class);
        store.free = Long.MAX_VALUE;
        assertThat(store.mail.append(account, MailboxName.INBOX, request)).isInstanceOf(AppendResult.Appended.class);
    }

    @Test
    void refusesWhatIsOverTheQuota() {
        store.append(account, TEXT, Flags.NONE);
        database.statement(connection -> Sql.update(
                connection, "update account set quota_bytes = ? where id = ?", TEXT.length() + 10L, account.value()));
        byte[] octets = TEXT.getBytes(UTF_8);

        assertThat(store.mail.append(
                        account,
                        MailboxName.INBOX,
                        new AppendRequest(
                                SpooledMessage.of(octets),
                                Store.index(TEXT, octets.length),
                                Flags.NONE,
                                Optional.empty())))
                .isInstanceOf(AppendResult.OverQuota.class);
        assertThat(store.mail.copy(inbox, new long[] {1}, ARCHIVE)).isInstanceOf(CopyResult.OverQuota.class);
    }

    @Test
    void keepsWhatWasComputedAtIngest() {
        byte[] prefix = "X: y\r\n".getBytes(UTF_8);
        byte[] octets = TEXT.getBytes(UTF_8);
        Flags flags = new Flags(SystemFlag.SEEN.bit(), List.of("$Forwarded", "work"));
        store.appender.append(
                SpooledMessage.of(octets),
                Store.index(TEXT, octets.length),
                List.of(new MessageAppender.Target(account, MailboxName.INBOX, prefix, flags, Store.NOW)));

        FetchRow row = store.fetch(inbox, 1, 2).getFirst();

        assertThat(row.flags()).isEqualTo(flags);
        assertThat(row.internalDate()).isEqualTo(Store.NOW);
        assertThat(row.size()).isEqualTo(prefix.length + octets.length);
        assertThat(row.envelope()).contains(Store.index(TEXT, octets.length).envelope());
        assertThat(row.structure())
                .contains(Store.index(TEXT, octets.length).root().shifted(prefix.length));
        assertThat(row.preview()).isEqualTo("preview\uFFFD\uFFFD");
        assertThat(store.mail.fetch(inbox, new long[] {1}, Set.of()).getFirst().structure())
                .isEmpty();
    }

    @Test
    void readsLargeMessagesInSlices(@TempDir Path directory) throws IOException {
        byte[] block = new byte[100_000];
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        Random random = new Random(7);
        try (Spool spool = new Spool(directory, 1000)) {
            for (int i = 0; i < 53; i++) {
                random.nextBytes(block);
                spool.write(block);
                expected.write(block);
            }
            try (SpooledMessage message = spool.finish()) {
                store.appender.append(
                        message,
                        Store.index("", message.size()),
                        List.of(new MessageAppender.Target(
                                account, MailboxName.INBOX, "P: q\r\n".getBytes(UTF_8), Flags.NONE, Store.NOW)));
            }
        }

        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] slice = store.mail.content(inbox, 1, 0, 262_144).orElseThrow();
        while (slice.length > 0) {
            read.write(slice);
            slice = store.mail.content(inbox, 1, read.size(), 262_144).orElseThrow();
        }

        assertThat(read.toByteArray()).startsWith("P: q\r\n".getBytes(UTF_8)).hasSize(5_300_006);
        byte[] body = java.util.Arrays.copyOfRange(read.toByteArray(), 6, read.size());
        assertThat(java.util.Arrays.equals(body, expected.toByteArray())).isTrue();
        assertThat(count("select max(octet_length(data)) from blob_chunk")).isEqualTo(1024 * 1024);
    }

    @Test
    void contentIsEmptyAtTheEndAndAbsentWhenTheMessageIsGone() {
        store.append(account, TEXT, Flags.NONE);

        assertThat(store.mail.content(inbox, 1, TEXT.length(), 10)).hasValue(new byte[0]);
        assertThat(store.mail.content(inbox, 1, TEXT.length() + 99L, 10)).hasValue(new byte[0]);
        assertThat(store.mail.content(inbox, 1, TEXT.length() - 3L, 10)).hasValue("t\r\n".getBytes(UTF_8));
        assertThat(store.mail.content(inbox, 2, 0, 10)).isEmpty();
    }

    @Test
    void nobodyReadsOrChangesTheMailOfAnother() {
        store.append(account, TEXT, DELETED);
        MailboxRef stolen = new MailboxRef(store.account(), inbox.mailbox());

        assertThat(store.mail.content(stolen, 1, 0, 10)).isEmpty();
        assertThat(store.fetch(stolen, 1)).isEmpty();
        assertThat(store.mail.page(stolen, 10, 10, Set.of())).isEmpty();
        assertThat(store.mail.changes(stolen, 0).exists()).isFalse();
        assertThat(store.mail.changes(stolen, 0).changed()).isEmpty();
        assertThat(store.mail.search(stolen, new SearchKey.All())).isEmpty();
        assertThat(store.mail.expunge(stolen, Optional.empty())).isEmpty();
        assertThat(store.store(stolen, StoreRequest.Mode.ADD, SEEN, 1).messages())
                .isEmpty();
        assertThat(((CopyResult.Copied) store.mail.copy(stolen, new long[] {1}, MailboxName.INBOX)).targetUids())
                .isEmpty();
        assertThat(((CopyResult.Copied) store.mail.move(stolen, new long[] {1}, MailboxName.INBOX)).targetUids())
                .isEmpty();
        assertThat(store.recount(inbox)).startsWith(1L);
    }

    @Test
    void opensWithASnapshotAndTakesTheRecentMarkOnce() {
        store.append(account, TEXT, SEEN);
        store.append(account, TEXT, new Flags(0, List.of("work")));

        OpenResult.Opened examined = opened(true);
        OpenResult.Opened first = opened(false);
        OpenResult.Opened second = opened(false);

        assertThat(examined.firstRecent()).isEqualTo(1);
        assertThat(first.firstRecent()).isEqualTo(1);
        assertThat(second.firstRecent()).isEqualTo(3);
        assertThat(first.snapshot().uids()).containsExactly(1, 2);
        assertThat(first.snapshot().flags(0)).isEqualTo(new Flags(1, List.of()));
        assertThat(first.snapshot().flags(1)).isEqualTo(new Flags(0, List.of("work")));
        assertThat(first.snapshot().uidNext()).isEqualTo(3);
        assertThat(first.snapshot().highestModSeq()).isEqualTo(first.snapshot().modSeq(1));
        assertThat(store.mail.open(account, new MailboxName("no"), false)).isInstanceOf(OpenResult.NoSuchMailbox.class);
    }

    @Test
    void countsRecentMessagesAndNotTheGapsBetweenUids() {
        store.append(account, TEXT, Flags.NONE);
        opened(false);
        for (int i = 0; i < 4; i++) {
            store.append(account, TEXT, Flags.NONE);
        }
        store.mail.move(inbox, new long[] {2, 4}, ARCHIVE);

        assertThat(recent(inbox)).isEqualTo(2);
        assertThat(recent(store.ref(account, ARCHIVE))).isEqualTo(2);
        opened(false);
        assertThat(recent(inbox)).isZero();
    }

    private long recent(MailboxRef mailbox) {
        return store.mail
                .measure(account, MailboxMeasure.RECENT, List.of(mailbox.mailbox()))
                .getOrDefault(mailbox.mailbox(), 0L);
    }

    private OpenResult.Opened opened(boolean readOnly) {
        return (OpenResult.Opened) store.mail.open(account, MailboxName.INBOX, readOnly);
    }

    @Test
    void storesFlagsInThreeModes() {
        store.append(account, TEXT, new Flags(SystemFlag.FLAGGED.bit(), List.of("Work")));

        assertThat(store.store(inbox, StoreRequest.Mode.ADD, new Flags(1, List.of("work", "x")), 1, 9)
                        .messages())
                .extracting(Changes.Changed::flags)
                .containsExactly(new Flags(5, List.of("Work", "x")));
        assertThat(store.store(inbox, StoreRequest.Mode.REMOVE, new Flags(4, List.of("WORK")), 1)
                        .messages()
                        .getFirst()
                        .flags())
                .isEqualTo(new Flags(1, List.of("x")));
        assertThat(store.status(account, MailboxName.INBOX).unseen()).isZero();
        store.store(inbox, StoreRequest.Mode.REPLACE, DELETED, 1);

        assertThat(store.fetch(inbox, 1).getFirst().flags()).isEqualTo(DELETED);
        assertThat(Store.counters(store.status(account, MailboxName.INBOX))).isEqualTo(store.recount(inbox));
    }

    @Test
    void aChangeThatChangesNothingKeepsTheModSeq() {
        store.append(account, TEXT, SEEN);
        long before = store.status(account, MailboxName.INBOX).highestModSeq();

        StoreResult result = store.store(inbox, StoreRequest.Mode.ADD, SEEN, 1);

        assertThat(result.messages().getFirst().modSeq()).isEqualTo(before);
        assertThat(store.status(account, MailboxName.INBOX).highestModSeq()).isEqualTo(before);
    }

    @Test
    void leavesAloneWhatChangedSince() {
        store.append(account, TEXT, Flags.NONE);
        store.append(account, TEXT, Flags.NONE);
        long known = store.status(account, MailboxName.INBOX).highestModSeq();
        store.store(inbox, StoreRequest.Mode.ADD, SEEN, 2);

        StoreResult result = store.mail.store(
                inbox, new StoreRequest(new long[] {1, 2}, StoreRequest.Mode.ADD, DELETED, OptionalLong.of(known)));

        assertThat(result.modified()).containsExactly(2);
        assertThat(result.messages()).extracting(Changes.Changed::uid).containsExactly(1L);
        assertThat(store.fetch(inbox, 2).getFirst().flags()).isEqualTo(SEEN);
    }

    @Test
    void tellsWhatHappenedSince() {
        store.append(account, TEXT, Flags.NONE);
        store.append(account, TEXT, DELETED);
        store.append(account, TEXT, Flags.NONE);
        long known = store.status(account, MailboxName.INBOX).highestModSeq();
        store.store(inbox, StoreRequest.Mode.ADD, SEEN, 1);
        store.mail.expunge(inbox, Optional.empty());
        store.append(account, TEXT, SEEN);

        Changes changes = store.mail.changes(inbox, known);

        assertThat(changes.exists()).isTrue();
        assertThat(changes.changed()).extracting(Changes.Changed::uid).containsExactly(1L, 4L);
        assertThat(changes.expunged()).containsExactly(2);
        assertThat(changes.uidNext()).isEqualTo(5);
        assertThat(store.mail.changes(inbox, changes.highestModSeq()))
                .satisfies(none -> assertThat(none.changed()).isEmpty())
                .satisfies(none -> assertThat(none.expunged()).isEmpty());
    }

    @Test
    void expungesOnlyWhatIsDeletedAndAskedFor() {
        for (int i = 0; i < 4; i++) {
            store.append(account, TEXT, i == 0 ? Flags.NONE : DELETED);
        }

        assertThat(store.mail.expunge(inbox, Optional.of(new long[] {1, 3, 9}))).containsExactly(3);
        assertThat(store.mail.expunge(inbox, Optional.empty())).containsExactly(2, 4);
        assertThat(store.mail.expunge(inbox, Optional.empty())).isEmpty();
        assertThat(Store.counters(store.status(account, MailboxName.INBOX))).isEqualTo(store.recount(inbox));
    }

    @Test
    void copiesShareTheBytesAndHaveIdsOfTheirOwn() {
        store.append(account, TEXT, SEEN);
        store.append(account, TEXT, new Flags(0, List.of("k")));
        store.append(account, ARCHIVE, TEXT, Flags.NONE);
        MailboxRef archive = store.ref(account, ARCHIVE);

        CopyResult.Copied copied = (CopyResult.Copied) store.mail.copy(inbox, new long[] {1, 2, 7}, ARCHIVE);

        assertThat(copied.uidValidity())
                .isEqualTo(store.status(account, ARCHIVE).uidValidity());
        assertThat(copied.sourceUids()).containsExactly(1, 2);
        assertThat(copied.targetUids()).containsExactly(2, 3);
        assertThat(store.fetch(archive, 2, 3))
                .extracting(FetchRow::flags)
                .containsExactly(SEEN, new Flags(0, List.of("k")));
        assertThat(store.fetch(archive, 2).getFirst().messageId())
                .isNotEqualTo(store.fetch(inbox, 1).getFirst().messageId());
        assertThat(store.mail.content(archive, 2, 0, 1000)).hasValue(TEXT.getBytes(UTF_8));
        assertThat(Store.counters(store.status(account, ARCHIVE))).isEqualTo(store.recount(archive));
        assertThat(store.mail.copy(inbox, new long[] {1}, new MailboxName("no")))
                .isInstanceOf(CopyResult.NoSuchMailbox.class);
    }

    @Test
    void copiesAndMovesWithinOneMailbox() {
        store.append(account, TEXT, SEEN);

        assertThat(((CopyResult.Copied) store.mail.copy(inbox, new long[] {1}, MailboxName.INBOX)).targetUids())
                .containsExactly(2);
        assertThat(((CopyResult.Copied) store.mail.move(inbox, new long[] {1}, MailboxName.INBOX)).targetUids())
                .containsExactly(3);

        assertThat(opened(true).snapshot().uids()).containsExactly(2, 3);
        assertThat(Store.counters(store.status(account, MailboxName.INBOX))).isEqualTo(store.recount(inbox));
    }

    @Test
    void movesKeepTheIdOfTheMessage() {
        store.append(account, TEXT, Flags.NONE);
        store.append(account, TEXT, DELETED);
        long id = store.fetch(inbox, 2).getFirst().messageId();
        MailboxRef archive = store.ref(account, ARCHIVE);

        CopyResult.Copied moved = (CopyResult.Copied) store.mail.move(inbox, new long[] {2}, ARCHIVE);

        assertThat(moved.targetUids()).containsExactly(1);
        assertThat(store.fetch(archive, 1).getFirst().messageId()).isEqualTo(id);
        assertThat(store.mail.changes(inbox, 0).expunged()).containsExactly(2);
        assertThat(Store.counters(store.status(account, MailboxName.INBOX))).isEqualTo(store.recount(inbox));
        assertThat(Store.counters(store.status(account, ARCHIVE))).isEqualTo(store.recount(archive));
    }

    @Test
    void pagesFromTheNewest() {
        for (int i = 0; i < 5; i++) {
            store.append(account, TEXT, Flags.NONE);
        }

        assertThat(store.mail.page(inbox, Long.MAX_VALUE, 2, Set.of()))
                .extracting(FetchRow::uid)
                .containsExactly(5L, 4L);
        assertThat(store.mail.page(inbox, 4, 10, Set.of()))
                .extracting(FetchRow::uid)
                .containsExactly(3L, 2L, 1L);
    }

    @Test
    void tellsWatchersAfterTheCommitAndNotAfterARollback() {
        List<Long> told = new ArrayList<>();
        Watch watch = store.mail.watch(inbox, mailbox -> told.add(mailbox.value()));

        database.transaction(connection -> {
            store.append(account, TEXT, Flags.NONE);
            store.append(account, TEXT, Flags.NONE);
            assertThat(told).isEmpty();
            return true;
        });
        assertThat(told).containsExactly(inbox.mailbox().value());
        assertThatThrownBy(() -> database.transaction(connection -> {
                    store.append(account, TEXT, Flags.NONE);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(told).hasSize(1);
        store.append(account, TEXT, Flags.NONE);
        assertThat(told).hasSize(2);
        watch.close();
        store.append(account, TEXT, Flags.NONE);

        assertThat(told).hasSize(2);
    }

    @Test
    void aWatcherThatFailsHarmsNobody() {
        List<Long> told = new ArrayList<>();
        store.mail.watch(inbox, mailbox -> {
            throw new IllegalStateException("on purpose");
        });
        store.mail.watch(inbox, mailbox -> told.add(mailbox.value()));

        store.append(account, TEXT, Flags.NONE);

        assertThat(told).hasSize(1);
    }

    @Test
    void deletesAllMailOfAnAccount() {
        store.append(account, TEXT, Flags.NONE);

        store.mail.deleteAll(account);

        assertThat(store.mail.list(account).mailboxes()).isEmpty();
        assertThat(store.mail.list(account).subscriptions()).isEmpty();
        assertThat(store.recount(inbox)).startsWith(0L);
    }
}
