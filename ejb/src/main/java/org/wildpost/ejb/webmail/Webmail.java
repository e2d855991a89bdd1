// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.CopyResult;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.MimePart;
import org.wildpost.core.mime.PartText;
import org.wildpost.core.search.SearchKey;
import org.wildpost.ejb.mailbox.MailboxService;

/**
 * Reads and sorts an owner's mail. Every method takes the account of the session and looks only into mailboxes of that account. Opens no
 * transaction of its own: each question to the mailbox service is one.
 */
@ApplicationScoped
public class Webmail {
    /** Octets of a text or HTML body that a page shows. */
    static final int MAX_SHOWN_BODY = 4 * 1024 * 1024;

    /** Octets of a header that is looked through for one field. */
    private static final int MAX_HEADER = 64 * 1024;

    private static final List<SpecialUse> ORDER =
            List.of(SpecialUse.DRAFTS, SpecialUse.SENT, SpecialUse.ARCHIVE, SpecialUse.JUNK, SpecialUse.TRASH);

    @Inject
    MailboxService mailboxes;

    /** INBOX, then the special ones as people expect them, then the rest by name. */
    public List<MailboxStatus> folders(AccountId account) {
        return mailboxes.list(account).mailboxes().stream()
                .sorted(Comparator.comparingInt(Webmail::rank).thenComparing(MailboxStatus::name))
                .toList();
    }

    /** A folder of the account. */
    public Optional<MailboxStatus> folder(AccountId account, long id) {
        return folders(account).stream()
                .filter(folder -> folder.id().value() == id)
                .findFirst();
    }

    /** Rows with a UID below {@code beforeUid}, newest first, with envelope and structure. */
    public List<FetchRow> page(AccountId account, long folder, long beforeUid, int limit) {
        return mailboxes.page(
                ref(account, folder), beforeUid, limit, EnumSet.of(FetchDetail.ENVELOPE, FetchDetail.STRUCTURE));
    }

    /** UIDs below {@code beforeUid} without their details, newest first; to step over pages. */
    public List<FetchRow> step(AccountId account, long folder, long beforeUid, int limit) {
        return mailboxes.page(ref(account, folder), beforeUid, limit, EnumSet.noneOf(FetchDetail.class));
    }

    /** UIDs of messages that contain the text in header or body, newest first. */
    public long[] search(AccountId account, long folder, String text) {
        long[] found = mailboxes.search(ref(account, folder), new SearchKey.Text(text));
        long[] newestFirst = new long[found.length];
        for (int i = 0; i < found.length; i++) {
            newestFirst[i] = found[found.length - 1 - i];
        }
        return newestFirst;
    }

    /** The rows of these messages, in ascending order of UID. */
    public List<FetchRow> rows(AccountId account, long folder, long[] uids) {
        return mailboxes.fetch(ref(account, folder), uids, EnumSet.of(FetchDetail.ENVELOPE, FetchDetail.STRUCTURE));
    }

    /** Opens a message; empty when it or its folder is gone or another account's. */
    public Optional<OpenedMessage> read(AccountId account, long folderId, long uid) {
        Optional<MailboxStatus> folder = folder(account, folderId);
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        List<FetchRow> rows = rows(account, folderId, new long[] {uid});
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        FetchRow row = rows.getFirst();
        MimePart root = row.structure().orElseThrow();
        return Optional.of(
                new OpenedMessage(folder.get(), row, row.envelope().orElseThrow(), root, MessageParts.of(root)));
    }

    /** A text part as characters; its end is missing when it is longer than {@value #MAX_SHOWN_BODY} octets. */
    public String text(AccountId account, OpenedMessage message, MessagePart part) throws IOException {
        long length = Math.min(part.mime().bodyLength(), MAX_SHOWN_BODY);
        try (InputStream raw = octets(account, message, part.mime().bodyOffset(), length)) {
            return PartText.decode(part.mime(), raw.readAllBytes());
        }
    }

    /** A part's decoded octets; the caller closes the stream. */
    public InputStream body(AccountId account, OpenedMessage message, MessagePart part) {
        MimePart mime = part.mime();
        return PartText.decodedBody(mime, octets(account, message, mime.bodyOffset(), mime.bodyLength()));
    }

    /** The message as it is stored; the caller closes the stream. */
    public InputStream source(AccountId account, OpenedMessage message) {
        return octets(account, message, 0, message.row().size());
    }

    /** The value of the References field, unfolded; empty when there is none. */
    public String references(AccountId account, OpenedMessage message) throws IOException {
        long length = Math.min(message.root().bodyOffset(), MAX_HEADER);
        try (InputStream raw = octets(account, message, 0, length)) {
            return HeaderField.find(raw.readAllBytes(), "References");
        }
    }

    /** Sets or takes away a system flag. */
    public void mark(AccountId account, long folder, long[] uids, SystemFlag flag, boolean on) {
        store(ref(account, folder), uids, Flags.of(flag), on);
    }

    /** Moves messages to another folder of the account; false when either is gone. */
    public boolean move(AccountId account, long folder, long[] uids, long target) {
        Optional<MailboxStatus> to = folder(account, target);
        return to.isPresent()
                && (target == folder
                        || mailboxes.move(ref(account, folder), uids, to.get().name()) instanceof CopyResult.Copied);
    }

    /** Moves messages to the folder for a purpose, which is made when it is missing. */
    public boolean move(AccountId account, long folder, long[] uids, SpecialUse use) {
        return move(account, folder, uids, special(account, use).id().value());
    }

    /** Moves to Trash; what is in Trash already is removed for good. */
    public void delete(AccountId account, long folder, long[] uids) {
        MailboxStatus trash = special(account, SpecialUse.TRASH);
        if (trash.id().value() == folder) {
            remove(account, folder, uids);
        } else {
            move(account, folder, uids, trash.id().value());
        }
    }

    /** Removes messages for good. */
    void remove(AccountId account, long folder, long[] uids) {
        MailboxRef mailbox = ref(account, folder);
        store(mailbox, uids, Flags.of(SystemFlag.DELETED), true);
        mailboxes.expunge(mailbox, Optional.of(uids));
    }

    /** Notes on a message that it was answered or passed on. */
    void note(Origin origin) {
        Flags flags = switch (origin.kind()) {
            case REPLY -> Flags.of(SystemFlag.ANSWERED);
            case FORWARD -> new Flags(0, List.of("$Forwarded"));
            case DRAFT -> Flags.NONE;
        };
        store(origin.mailbox(), new long[] {origin.uid()}, flags, true);
    }

    /** The folder for a purpose; made when it is missing. */
    MailboxStatus special(AccountId account, SpecialUse use) {
        Optional<MailboxStatus> found = find(account, use);
        if (found.isEmpty()) {
            mailboxes.create(account, use.defaultName(), Optional.of(use));
            found = find(account, use);
        }
        return found.orElseThrow(() -> new IllegalStateException("no mailbox for " + use));
    }

    private Optional<MailboxStatus> find(AccountId account, SpecialUse use) {
        List<MailboxStatus> all = mailboxes.list(account).mailboxes();
        return all.stream()
                .filter(folder -> folder.specialUse().equals(Optional.of(use)))
                .findFirst()
                .or(() -> all.stream()
                        .filter(folder -> folder.name().equals(use.defaultName()))
                        .findFirst());
    }

    private void store(MailboxRef mailbox, long[] uids, Flags flags, boolean on) {
        StoreRequest.Mode mode = on ? StoreRequest.Mode.ADD : StoreRequest.Mode.REMOVE;
        long[] ascending = uids.clone();
        Arrays.sort(ascending);
        mailboxes.store(mailbox, new StoreRequest(ascending, mode, flags, OptionalLong.empty()));
    }

    private InputStream octets(AccountId account, OpenedMessage message, long offset, long length) {
        MailboxRef mailbox = new MailboxRef(account, message.folder().id());
        long uid = message.row().uid();
        return new PartBody(
                (from, most) -> mailboxes.content(mailbox, uid, from, most), offset, length, ImapListener.SLICE);
    }

    private static MailboxRef ref(AccountId account, long folder) {
        return new MailboxRef(account, new MailboxId(folder));
    }

    private static int rank(MailboxStatus folder) {
        if (folder.name().equals(MailboxName.INBOX)) {
            return -1;
        }
        return folder.specialUse().map(ORDER::indexOf).orElse(ORDER.size());
    }
}
