// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MimeIndexer;

/** What every {@link ImapListener} does when messages come into mailboxes that are shared, and leave them (RFC 4314 §4). */
public interface SharedTransferContract extends SharedNewsContract {
    @Test
    default void whatIsAddedHasTheFlagsThatMayBeSet() {
        grant(INBOX, "lrsi");

        AppendResult.Appended appended = (AppendResult.Appended)
                visitorAppends(INBOX, new Flags(SEEN.system() | FLAGGED.system(), List.of("k")));

        assertThat(appended.uidValidity()).isEqualTo(status(INBOX).uidValidity());
        assertThat(visitorsFlags(visited(INBOX).ref(), appended.uid())).containsExactly(SEEN);
        assertThat(fetch(INBOX, appended.uid())).extracting(FetchRow::flags).containsExactly(Flags.NONE);

        grant(INBOX, "lriwt");
        long second = ((AppendResult.Appended)
                        visitorAppends(INBOX, new Flags(SEEN.system() | FLAGGED.system(), List.of("k"))))
                .uid();
        assertThat(fetch(INBOX, second))
                .extracting(FetchRow::flags)
                .containsExactly(new Flags(FLAGGED.system(), List.of("k")));
        assertThat(visitorsStatus(INBOX).unseen()).isEqualTo(1);
    }

    /** A box to drop things into, which one cannot see. */
    @Test
    default void whoMayOnlyAddNeedNotSee() {
        grant(INBOX, "i");

        assertThat(visitorAppends(INBOX, Flags.NONE)).isInstanceOf(AppendResult.Appended.class);
        assertThat(listener().open(visitor(), shared(INBOX), true)).isEqualTo(new OpenResult.NoSuchMailbox());
        assertThat(status(INBOX).messages()).isEqualTo(1);
    }

    @Test
    default void copiesIntoOnesOwnMailboxHaveWhatOneSees() {
        appended(new Flags(SEEN.system() | FLAGGED.system(), List.of("k")));
        appended(Flags.NONE);
        grant(INBOX, "lrs");
        MailboxRef ref = visited(INBOX).ref();
        visitorStores(ref, StoreRequest.Mode.ADD, SEEN, 2);

        CopyResult.Copied copied = (CopyResult.Copied) listener().copy(ref, new long[] {1, 2, 9}, ARCHIVE);

        assertThat(copied.sourceUids()).containsExactly(1, 2);
        MailboxRef archive = new MailboxRef(
                visitor(),
                ((MailboxResult.Done) listener().status(visitor(), ARCHIVE))
                        .status()
                        .id());
        assertThat(visitorsFlags(archive, copied.targetUids()))
                .containsExactly(new Flags(FLAGGED.system(), List.of("k")), SEEN);
        assertThat(listener().content(archive, copied.targetUids()[0], 0, 1000)).hasValue(TEXT.getBytes(UTF_8));
        MailboxStatus status = ((MailboxResult.Done) listener().status(visitor(), ARCHIVE)).status();
        assertThat(List.of(status.messages(), status.unseen(), status.size()))
                .containsExactly(2L, 1L, 2L * TEXT.length());
        assertThat(listener().move(ref, new long[] {1}, ARCHIVE)).isEqualTo(new CopyResult.NoPermission());
        assertThat(status(INBOX).messages()).isEqualTo(2);
    }

    @Test
    default void copiesBetweenTwoOfAnOwnersMailboxesKeepTheOwnersMark() {
        appended(new Flags(SEEN.system() | DELETED.system(), List.of("k")));
        grant(INBOX, "lrs");
        grant(ARCHIVE, "lrsi");
        MailboxRef ref = visited(INBOX).ref();
        visitorStores(ref, StoreRequest.Mode.ADD, SEEN, 1);

        CopyResult.Copied copied = (CopyResult.Copied) listener().copy(ref, new long[] {1}, shared(ARCHIVE));

        assertThat(fetch(ARCHIVE, copied.targetUids()))
                .extracting(FetchRow::flags)
                .containsExactly(SEEN);
        assertThat(visitorsFlags(visited(ARCHIVE).ref(), copied.targetUids())).containsExactly(SEEN);
        assertThat(counters(ARCHIVE)).containsExactly(1L, 0L, 0L, (long) TEXT.length());
    }

    @Test
    default void movesNeedWhatRemovingNeeds() {
        appended(SEEN);
        grant(INBOX, "lrte");
        MailboxRef ref = visited(INBOX).ref();

        CopyResult.Copied moved = (CopyResult.Copied) listener().move(ref, new long[] {1}, ARCHIVE);

        assertThat(moved.sourceUids()).containsExactly(1);
        assertThat(status(INBOX).messages()).isZero();
        assertThat(counters(INBOX)).containsOnly(0L);
        assertThat(listener().changes(ref, 0).expunged()).containsExactly(1);
        assertThat(((MailboxResult.Done) listener().status(visitor(), ARCHIVE))
                        .status()
                        .unseen())
                .isEqualTo(1);
    }

    @Test
    default void onesOwnMessagesGoIntoAnothersMailbox() {
        grant(INBOX, "lri");
        MailboxRef own = new MailboxRef(
                visitor(),
                ((MailboxResult.Done) listener().status(visitor(), INBOX))
                        .status()
                        .id());
        try (SpooledMessage message = SpooledMessage.of(TEXT.getBytes(UTF_8))) {
            listener()
                    .append(
                            visitor(),
                            INBOX,
                            new AppendRequest(message, MimeIndexer.index(message), FLAGGED, Optional.of(DATE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        assertThat(listener().move(own, new long[] {1}, shared(INBOX))).isInstanceOf(CopyResult.Copied.class);

        assertThat(fetch(INBOX, 1)).extracting(FetchRow::flags).containsExactly(Flags.NONE);
        assertThat(((MailboxResult.Done) listener().status(visitor(), INBOX))
                        .status()
                        .messages())
                .isZero();
        assertThat(listener().move(own, new long[] {1}, shared(ARCHIVE))).isEqualTo(new CopyResult.NoSuchMailbox());
    }

    @Test
    default void expungesWithTheRightToItAlone() {
        appended(DELETED);
        appended(DELETED);
        grant(INBOX, "lrt");
        MailboxRef ref = visited(INBOX).ref();

        assertThat(listener().expunge(ref, Optional.empty())).isEmpty();
        grant(INBOX, "lre");
        assertThat(listener().expunge(ref, Optional.of(new long[] {2}))).containsExactly(2);
        assertThat(counters(INBOX)).startsWith(1L, 1L, 1L);
    }

    @Test
    default void replacesAmongAnOwnersMailboxesAlone() {
        appended(FLAGGED);
        grant(INBOX, "lrites");
        MailboxRef ref = visited(INBOX).ref();
        try (SpooledMessage message = SpooledMessage.of(TEXT.getBytes(UTF_8))) {
            AppendRequest request = new AppendRequest(
                    message,
                    MimeIndexer.index(message),
                    new Flags(SEEN.system() | FLAGGED.system(), List.of()),
                    Optional.of(DATE));
            assertThat(listener().replace(ref, 1, ARCHIVE, request)).isInstanceOf(ReplaceResult.NotAllowed.class);
            assertThat(listener().replace(ref, 1, shared(INBOX), request))
                    .isEqualTo(new ReplaceResult.Replaced(status(INBOX).uidValidity(), 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(snapshot(INBOX).uids()).containsExactly(2);
        assertThat(visitorsFlags(ref, 2)).containsExactly(SEEN);
        assertThat(fetch(INBOX, 2)).extracting(FetchRow::flags).containsExactly(Flags.NONE);
    }
}
