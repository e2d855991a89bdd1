// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.MimeIndexer;

/** What the contracts of {@link ImapListener} need of whoever answers: the server's store, or the fake of the protocol's tests. */
public interface ImapContract {
    MailboxName INBOX = MailboxName.INBOX;
    MailboxName ARCHIVE = SpecialUse.ARCHIVE.defaultName();
    MailboxName NOWHERE = new MailboxName("nowhere");

    Flags SEEN = Flags.of(SystemFlag.SEEN);
    Flags DELETED = Flags.of(SystemFlag.DELETED);

    Instant DATE = Instant.parse("2026-03-04T05:06:07Z");
    String TEXT = "Subject: Hello\r\n world\r\nX-Empty:\r\n\r\nthe Body of it\r\n";

    ImapListener listener();

    /** An account that is new when a test begins. */
    AccountId owner();

    /** Another account, of another domain. */
    AccountId stranger();

    /** From now on the owner may have so much. */
    void quotaIs(QuotaLimits limits);

    /** From now on the owner may have so many octets. */
    default void quotaIs(long octets) {
        quotaIs(new QuotaLimits(OptionalLong.of(octets), OptionalLong.empty()));
    }

    /** From now on the owner administers the server. */
    void ownerAdministers();

    /** From now on the server has no room. */
    void diskIsFull();

    default AppendResult append(MailboxName name, String text, Flags flags) {
        try (SpooledMessage message = SpooledMessage.of(text.getBytes(UTF_8))) {
            return listener()
                    .append(
                            owner(),
                            name,
                            new AppendRequest(message, MimeIndexer.index(message), flags, Optional.of(DATE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends {@link #TEXT} to INBOX and gives its UID. */
    default long appended(Flags flags) {
        return appended(INBOX, flags);
    }

    default long appended(MailboxName name, Flags flags) {
        return ((AppendResult.Appended) append(name, TEXT, flags)).uid();
    }

    default MailboxStatus status(MailboxName name) {
        return ((MailboxResult.Done) listener().status(owner(), name)).status();
    }

    default MailboxRef ref(MailboxName name) {
        return new MailboxRef(owner(), status(name).id());
    }

    default MailboxSnapshot snapshot(MailboxName name) {
        return ((OpenResult.Opened) listener().open(owner(), name, true)).snapshot();
    }

    default MailboxResult create(String name) {
        return listener().create(owner(), new MailboxName(name), Optional.empty());
    }

    default MailboxResult rename(String from, String to) {
        return listener().rename(owner(), new MailboxName(from), new MailboxName(to));
    }

    default StoreResult store(StoreRequest.Mode mode, Flags flags, long... uids) {
        return listener().store(ref(INBOX), new StoreRequest(uids, mode, flags, OptionalLong.empty()));
    }

    default List<FetchRow> fetch(MailboxName name, long... uids) {
        return listener().fetch(ref(name), uids, Set.of());
    }

    /** The counters as they are kept: messages, unseen, deleted, octets. */
    default List<Long> counters(MailboxName name) {
        MailboxStatus status = status(name);
        return List.of(status.messages(), status.unseen(), status.deleted(), status.size());
    }
}
