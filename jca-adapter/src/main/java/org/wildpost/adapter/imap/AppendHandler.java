// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.wildpost.core.fault.FaultLog;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.AppendRequest;
import org.wildpost.core.listener.imap.AppendResult;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.message.Spool;
import org.wildpost.core.message.SpooledMessage;

/** APPEND (RFC 9051 §6.3.12): refused before the message is read where that is possible, streamed into a spool otherwise. */
final class AppendHandler {
    private static final FaultLog FAULTS = new FaultLog(System.getLogger(AppendHandler.class.getName()));
    private static final Reply NO_ROOM = Reply.no("UNAVAILABLE", "the message cannot be kept now");

    private final ImapContext context;
    private final MessageIndexer indexer;

    AppendHandler(ImapContext context, MessageIndexer indexer) {
        this.context = context;
        this.indexer = indexer;
    }

    Reply append(MailboxCommand.Append command) throws IOException {
        Optional<Reply> refusal;
        try {
            refusal = refusal(command);
        } catch (RuntimeException e) {
            if (!context.reader().discard(command.message())) {
                throw new IOException("a message that cannot be taken is too great to be skipped", e);
            }
            throw e;
        }
        if (refusal.isPresent()) {
            return context.reader().discard(command.message())
                    ? refusal.get()
                    : refusal.get().closing();
        }
        try (Spool spool = new Spool(context.settings().spoolDirectory(), Spool.DEFAULT_MEMORY_THRESHOLD)) {
            if (!context.reader().message(command.message(), new CanonicalLineEnds(spool))) {
                return Reply.bad("one message in one APPEND");
            }
            return take(command, spool);
        }
    }

    private Reply take(MailboxCommand.Append command, Spool spool) {
        try (SpooledMessage message = spool.finish()) {
            return store(command, message);
        } catch (IOException e) {
            FAULTS.write(Level.ERROR, "A message could not be kept", e);
            return NO_ROOM;
        }
    }

    private Optional<Reply> refusal(MailboxCommand.Append command) {
        if (command.message().size() == 0) {
            return Optional.of(Reply.no("CANNOT", "the message is empty"));
        }
        long limit = context.limits().messageSize();
        if (command.message().size() > limit) {
            return Optional.of(Reply.no("TOOBIG", "a message has at most " + limit + " octets"));
        }
        AccountId account = context.account();
        MailboxResult target = context.ask(l -> l.status(account, command.mailbox()));
        return target instanceof MailboxResult.Done ? Optional.empty() : Optional.of(tryCreate());
    }

    private Reply store(MailboxCommand.Append command, SpooledMessage message) throws IOException {
        AccountId account = context.account();
        AppendRequest request = new AppendRequest(message, indexer.index(message), command.flags(), command.date());
        AppendResult result = context.ask(l -> l.append(account, command.mailbox(), request));
        return switch (result) {
            case AppendResult.Appended(long uidValidity, long uid) ->
                Reply.ok("APPENDUID " + uidValidity + " " + uid, "APPEND done");
            case AppendResult.NoSuchMailbox() -> tryCreate();
            case AppendResult.OverQuota() -> Reply.no("OVERQUOTA", "no room for this message");
            case AppendResult.NoRoom() -> NO_ROOM;
        };
    }

    private static Reply tryCreate() {
        return Reply.no("TRYCREATE", "no such mailbox");
    }
}
