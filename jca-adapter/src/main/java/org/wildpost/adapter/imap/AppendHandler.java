// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.wildpost.adapter.imap.Frame.MessageLiteral;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.fault.FaultLog;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.AccessResult;
import org.wildpost.core.listener.imap.AppendItem;
import org.wildpost.core.listener.imap.AppendRequest;
import org.wildpost.core.listener.imap.AppendResult;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.ReplaceResult;

/** APPEND (RFC 9051 §6.3.12, RFC 3502) and REPLACE (RFC 8508). */
final class AppendHandler {
    private static final FaultLog FAULTS = new FaultLog(System.getLogger(AppendHandler.class.getName()));
    private static final Reply OVER_QUOTA = Reply.no("OVERQUOTA", "no room for this message");

    /** Octets from which on the quota is asked before a message is sent: a smaller one costs less than the question. */
    static final long GREAT = 64 * 1024;

    private final ImapContext context;
    private final MessageIndexer indexer;

    AppendHandler(ImapContext context, MessageIndexer indexer) {
        this.context = context;
        this.indexer = indexer;
    }

    Reply append(MailboxCommand.Append command) throws IOException {
        try (MessageIntake intake = new MessageIntake(context, indexer, false)) {
            Optional<Reply> refusal = intake.take(
                    command.piece(),
                    () -> missing(command.piece(), command.mailbox())
                            .or(() -> tooMuch(command.piece(), command.mailbox())));
            return refusal.isPresent()
                    ? explained(refusal.get(), command.mailbox())
                    : store(command.mailbox(), intake.messages());
        }
    }

    /** That the mailbox does not exist is told first, as where nothing else is wrong (RFC 9051 §6.3.12). */
    private Reply explained(Reply refusal, MailboxName mailbox) {
        return refusal.isBadUrl() && !exists(mailbox) ? refused(mailbox) : refusal;
    }

    /** Who may add messages to another's mailbox need not be one who may read its counters (RFC 4314 §4). */
    private boolean exists(MailboxName mailbox) {
        AccountId account = context.account();
        return SharedName.isForeign(mailbox)
                ? rights(mailbox).has(Right.INSERT)
                : context.ask(l -> l.status(account, mailbox)) instanceof MailboxResult.Done;
    }

    private Rights rights(MailboxName mailbox) {
        AccountId account = context.account();
        return context.ask(l -> l.ownRights(account, mailbox)) instanceof AccessResult.Mine mine
                ? mine.rights()
                : Rights.NONE;
    }

    /** Only who may look a mailbox up is told that it is there. */
    private Reply refused(MailboxName mailbox) {
        return SharedName.isForeign(mailbox) && rights(mailbox).has(Right.LOOKUP)
                ? AccessHandler.NO_PERMISSION
                : TransferHandler.noTarget(mailbox);
    }

    /** Told before the message is sent, to a client that waits; to another the store tells it, which looks anyway. */
    private Optional<Reply> missing(AppendPiece piece, MailboxName mailbox) {
        if (!piece.literal().map(MessageLiteral::synchronised).orElse(false)) {
            return Optional.empty();
        }
        return exists(mailbox) ? Optional.empty() : Optional.of(refused(mailbox));
    }

    /** Who has no room for a great message need not send it first; others hear it of the store (RFC 9208 §4.3.1). */
    private Optional<Reply> tooMuch(AppendPiece piece, MailboxName mailbox) {
        long octets = piece.literal()
                .filter(MessageLiteral::synchronised)
                .map(MessageLiteral::size)
                .orElse(0L);
        AccountId account = context.account();
        return octets < GREAT
                        || SharedName.isForeign(mailbox)
                        || context.ask(l -> l.hasRoom(account, QuotaAmount.message(octets)))
                ? Optional.empty()
                : Optional.of(OVER_QUOTA);
    }

    private Reply store(MailboxName mailbox, List<AppendItem> messages) {
        AccountId account = context.account();
        AppendResult result;
        try {
            if (messages.size() == 1) {
                AppendRequest request = request(messages.getFirst());
                result = context.ask(l -> l.append(account, mailbox, request));
            } else {
                result = context.ask(l -> l.appendAll(account, mailbox, messages));
            }
        } catch (IOException e) {
            return unreadable(e);
        }
        return switch (result) {
            case AppendResult.Appended(long uidValidity, long uid) ->
                Reply.ok(appendUid(uidValidity, uid, messages.size()), "APPEND done");
            case AppendResult.NoSuchMailbox() -> TransferHandler.noTarget(mailbox);
            case AppendResult.OverQuota() -> OVER_QUOTA;
            case AppendResult.NoRoom() -> MessageIntake.NO_ROOM;
            case AppendResult.NoPermission() -> AccessHandler.NO_PERMISSION;
        };
    }

    private AppendRequest request(AppendItem item) throws IOException {
        return new AppendRequest(item.message(), indexer.index(item.message()), item.flags(), item.internalDate());
    }

    private static Reply unreadable(IOException e) {
        FAULTS.write(Level.ERROR, "A message could not be kept", e);
        return MessageIntake.NO_ROOM;
    }

    /** RFC 4315 §3: with several messages a set, in their order. */
    private static String appendUid(long uidValidity, long first, int count) {
        return "APPENDUID " + uidValidity + " " + first + (count == 1 ? "" : ":" + (first + count - 1));
    }

    /** APPENDUID is told before the EXPUNGE, and what came before what went (RFC 8508 §3.4). */
    Reply replace(MessageCommand.Replace command) throws IOException {
        MailboxView view = context.view();
        Optional<long[]> replaced = view.resolve(command.replaced(), command.uid());
        try (MessageIntake intake = new MessageIntake(context, indexer, true)) {
            Optional<Reply> refusal = intake.take(
                    command.piece(),
                    () -> unreplaceable(view, replaced).or(() -> missing(command.piece(), command.target())));
            if (refusal.isPresent()) {
                return refusal.get();
            }
            AppendRequest request = request(intake.messages().getFirst());
            long uid = replaced.orElseThrow()[0];
            ReplaceResult result = context.ask(l -> l.replace(view.ref(), uid, command.target(), request));
            return switch (result) {
                case ReplaceResult.Replaced done -> replaced(view, done);
                case ReplaceResult.NoSuchMessage() -> Reply.no("EXPUNGEISSUED", "the message is gone");
                case ReplaceResult.NoSuchMailbox() -> TransferHandler.noTarget(command.target());
                case ReplaceResult.OverQuota() -> OVER_QUOTA;
                case ReplaceResult.NoRoom() -> MessageIntake.NO_ROOM;
                case ReplaceResult.NoPermission() -> AccessHandler.NO_PERMISSION;
                case ReplaceResult.NotAllowed(String reason) -> Reply.no("CANNOT", reason);
            };
        }
    }

    private static Optional<Reply> unreplaceable(MailboxView view, Optional<long[]> replaced) {
        if (replaced.isEmpty()) {
            return Optional.of(Reply.bad("no such message"));
        }
        if (replaced.get().length == 0) {
            return Optional.of(Reply.no("NONEXISTENT", "no such message"));
        }
        return view.readOnly() ? Optional.of(TransferHandler.READ_ONLY) : Optional.empty();
    }

    private Reply replaced(MailboxView view, ReplaceResult.Replaced done) throws IOException {
        context.writer().untagged("OK [" + appendUid(done.uidValidity(), done.uid(), 1) + "] replaced");
        QuotaHandler.warn(context);
        if (!context.catchUp()) {
            return Reply.ok("REPLACE done");
        }
        // First what is new, so that the client never counts too few (RFC 8508 §3.3).
        view.announce(context.lines(), false);
        context.notices().announceAll();
        return context.lines().tellsModSeqs()
                ? Reply.ok("HIGHESTMODSEQ " + view.modSeq(), "REPLACE done")
                : Reply.ok("REPLACE done");
    }
}
