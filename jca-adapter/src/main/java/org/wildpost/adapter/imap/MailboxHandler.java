// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.List;
import org.wildpost.adapter.imap.MailboxCommand.StatusItem;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.MailboxStatus;

/** CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE and STATUS (RFC 9051 §6.3.4 to §6.3.8, §6.3.11). */
final class MailboxHandler {
    private final ImapContext context;

    MailboxHandler(ImapContext context) {
        this.context = context;
    }

    Reply create(MailboxCommand.Create command) throws IOException {
        AccountId account = context.account();
        MailboxResult result = context.ask(l -> l.create(account, command.mailbox(), command.use()));
        if (result instanceof MailboxResult.Done) {
            CanonicalName.made(context, command.mailbox(), command.otherName());
        }
        // RFC 8474 §4.1.
        return result instanceof MailboxResult.Done(MailboxStatus made)
                ? Reply.ok(ObjectId.mailbox(made.id()), "CREATE done")
                : reply("CREATE", result);
    }

    Reply delete(MailboxCommand.Delete command) throws IOException {
        if (command.mailbox().equals(MailboxName.INBOX)) {
            return Reply.no("CANNOT", "INBOX stays");
        }
        AccountId account = context.account();
        MailboxResult result = context.ask(l -> l.delete(account, command.mailbox()));
        boolean ours = result instanceof MailboxResult.Done(MailboxStatus status)
                && context.state() instanceof SessionState.Selected selected
                && selected.view().ref().mailbox().equals(status.id());
        if (ours) {
            context.leaveMailbox();
        }
        if (result instanceof MailboxResult.Done) {
            CanonicalName.deleted(context, command.mailbox(), command.otherName());
        }
        return reply("DELETE", result);
    }

    Reply rename(MailboxCommand.Rename command) throws IOException {
        AccountId account = context.account();
        MailboxResult result = context.ask(l -> l.rename(account, command.from(), command.to()));
        if (result instanceof MailboxResult.Done) {
            CanonicalName.made(context, command.to(), command.oldName());
        }
        return reply("RENAME", result);
    }

    Reply subscribe(MailboxCommand.Subscribe command) {
        AccountId account = context.account();
        context.ask(l -> {
            l.subscribe(account, command.mailbox(), command.on());
            return Boolean.TRUE;
        });
        return Reply.ok(command.on() ? "SUBSCRIBE done" : "UNSUBSCRIBE done");
    }

    Reply status(MailboxCommand.Status command) throws IOException {
        AccountId account = context.account();
        if (command.items().contains(StatusItem.HIGHESTMODSEQ)) {
            context.enableCondstore();
        }
        MailboxResult result = context.ask(l -> l.status(account, command.mailbox()));
        if (result instanceof MailboxResult.Done(MailboxStatus status)) {
            new StatusResponses(context, command.items(), List.of(status)).write(status);
        }
        return reply("STATUS", result);
    }

    private static Reply reply(String command, MailboxResult result) {
        return switch (result) {
            case MailboxResult.Done(MailboxStatus status) -> Reply.ok(command + " done");
            case MailboxResult.NoSuchMailbox() -> Reply.no("NONEXISTENT", "no such mailbox");
            case MailboxResult.NoPermission() -> AccessHandler.NO_PERMISSION;
            case MailboxResult.AlreadyExists() -> Reply.no("ALREADYEXISTS", "there is such a mailbox");
            case MailboxResult.HasChildren() -> Reply.no("HASCHILDREN", "the mailbox has children");
            case MailboxResult.UseTaken() -> Reply.no("USEATTR", "another mailbox has this special use");
            case MailboxResult.NotAllowed(String reason) -> Reply.no("CANNOT", reason);
        };
    }
}
