// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.Optional;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.listener.imap.CopyResult;
import org.wildpost.core.listener.imap.MailboxName;

/** COPY, MOVE and EXPUNGE with their UID forms (RFC 9051 §6.4.3, §6.4.7, §6.4.8; RFC 4315 for the codes, RFC 7162 §3.2.7 and §3.2.9). */
final class TransferHandler {
    private static final Reply NO_SUCH_MESSAGE = Reply.bad("no such message");
    static final Reply READ_ONLY = Reply.no("CANNOT", "the mailbox is open read-only");

    private final ImapContext context;

    TransferHandler(ImapContext context) {
        this.context = context;
    }

    /** A target that does not exist is an error even where there is nothing to copy (RFC 9051 §6.4.7). */
    Reply copy(MessageCommand.Copy command) {
        MailboxView view = context.view();
        Optional<long[]> uids = view.resolve(command.messages(), command.uid());
        if (uids.isEmpty()) {
            return NO_SUCH_MESSAGE;
        }
        int limit = context.limits().saveLimit();
        if (uids.get().length > limit) {
            return Reply.no("MESSAGELIMIT " + limit, "too many messages in one command");
        }
        CopyResult result = context.askPatiently(l -> l.copy(view.ref(), uids.get(), command.target()));
        return switch (result) {
            case CopyResult.Copied copied when copied.sourceUids().length == 0 -> Reply.ok("nothing to copy");
            case CopyResult.Copied copied -> Reply.ok(copyUid(copied), "COPY done");
            case CopyResult.NoSuchMailbox() -> noTarget(command.target());
            case CopyResult.OverQuota() -> overQuota();
            case CopyResult.NoPermission() -> AccessHandler.NO_PERMISSION;
        };
    }

    /** COPYUID comes before the EXPUNGE responses (RFC 6851 §4.3). */
    Reply move(MessageCommand.Move command) throws IOException {
        MailboxView view = context.view();
        Optional<long[]> uids = view.resolve(command.messages(), command.uid());
        if (uids.isEmpty()) {
            return NO_SUCH_MESSAGE;
        }
        if (view.readOnly()) {
            return READ_ONLY;
        }
        CopyResult result = context.askPatiently(l -> l.move(view.ref(), uids.get(), command.target()));
        return switch (result) {
            case CopyResult.Copied copied -> moved(view, copied);
            case CopyResult.NoSuchMailbox() -> noTarget(command.target());
            case CopyResult.OverQuota() -> overQuota();
            case CopyResult.NoPermission() -> AccessHandler.NO_PERMISSION;
        };
    }

    private Reply moved(MailboxView view, CopyResult.Copied copied) throws IOException {
        if (copied.sourceUids().length == 0) {
            return Reply.ok("nothing to move");
        }
        context.writer().untagged("OK [" + copyUid(copied) + "] moved");
        Reply reply = gone(view, "MOVE done");
        QuotaHandler.warn(context);
        return reply;
    }

    Reply expunge(MessageCommand.Expunge command) throws IOException {
        MailboxView view = context.view();
        if (view.readOnly()) {
            return READ_ONLY;
        }
        Optional<long[]> among = command.uids().map(set -> view.existing(set, true));
        long[] gone = context.askPatiently(l -> l.expunge(view.ref(), among));
        return gone.length == 0 ? Reply.ok("EXPUNGE done") : gone(view, "EXPUNGE done");
    }

    /** Tells of messages that left by this command, with all else, so that the MODSEQ is one up to which everything is told (RFC 7162 §3.2.7). */
    private Reply gone(MailboxView view, String text) throws IOException {
        if (!context.catchUp()) {
            return Reply.ok(text);
        }
        context.notices().announceAll();
        return context.lines().tellsModSeqs() ? Reply.ok("HIGHESTMODSEQ " + view.modSeq(), text) : Reply.ok(text);
    }

    private static String copyUid(CopyResult.Copied copied) {
        return "COPYUID " + copied.uidValidity() + " " + SequenceSet.format(copied.sourceUids()) + " "
                + SequenceSet.format(copied.targetUids());
    }

    /** Nobody is told to make a mailbox who may not (RFC 9051 §7.1, TRYCREATE). */
    static Reply noTarget(MailboxName target) {
        return Reply.no(SharedName.isForeign(target) ? "NONEXISTENT" : "TRYCREATE", "no such mailbox");
    }

    private static Reply overQuota() {
        return Reply.no("OVERQUOTA", "no room for these messages");
    }
}
