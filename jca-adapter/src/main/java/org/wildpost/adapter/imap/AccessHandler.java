// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.List;
import org.wildpost.core.acl.AccessEntry;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.AccessResult;
import org.wildpost.core.listener.imap.MailboxName;

/** SETACL, DELETEACL, GETACL, LISTRIGHTS and MYRIGHTS (RFC 4314 §3). */
final class AccessHandler {
    /** RFC 5530 §3. */
    static final Reply NO_PERMISSION = Reply.no("NOPERM", "you have not the right to do this");

    /** One answer for all whom the asker may not hear of (RFC 4314 §6). */
    private static final Reply NO_IDENTIFIER =
            Reply.no("CANNOT", "there is no account in your domain with this address");

    /** None is tied to another; the obsolete ones stand by themselves (RFC 4314 §2.1.1). */
    private static final String GRANTABLE = "l r s w i p k x t e a c d";

    private final ImapContext context;

    AccessHandler(ImapContext context) {
        this.context = context;
    }

    Reply handle(AccessCommand command) throws IOException {
        return switch (command) {
            case AccessCommand.SetAcl(MailboxName mailbox, Identifier identifier, RightsChange change) ->
                grant("SETACL", mailbox, identifier, change);
            case AccessCommand.DeleteAcl(MailboxName mailbox, Identifier identifier) ->
                grant("DELETEACL", mailbox, identifier, RightsChange.DELETE);
            case AccessCommand.GetAcl(MailboxName mailbox) -> {
                AccountId account = context.account();
                AccessResult result = context.ask(l -> l.accessList(account, mailbox));
                if (result instanceof AccessResult.Listed listed) {
                    write(listed);
                }
                yield reply("GETACL", result);
            }
            case AccessCommand.ListRights list -> listRights(list);
            case AccessCommand.MyRights(MailboxName mailbox) -> {
                AccountId account = context.account();
                AccessResult result = context.ask(l -> l.ownRights(account, mailbox));
                if (result instanceof AccessResult.Mine(MailboxName name, Rights rights)) {
                    write(context.writer(), name, rights);
                }
                yield reply("MYRIGHTS", result);
            }
        };
    }

    private Reply grant(String command, MailboxName mailbox, Identifier identifier, RightsChange change) {
        AccountId account = context.account();
        return reply(command, context.ask(l -> l.grant(account, mailbox, identifier, change)));
    }

    /** acl-data; the owner, who always has all rights, comes first. */
    private void write(AccessResult.Listed listed) throws IOException {
        ImapWriter out = context.writer().text("* ACL ").mailbox(listed.mailbox());
        pair(out, listed.owner(), Rights.ALL);
        for (AccessEntry entry : listed.entries()) {
            pair(out, entry.identifier().text(), entry.rights());
        }
        out.endLine();
    }

    private static void pair(ImapWriter out, String identifier, Rights rights) throws IOException {
        out.text(" ").string(identifier).text(" ").text(rights.text());
    }

    /** myrights-data. */
    static void write(ImapWriter out, MailboxName mailbox, Rights rights) throws IOException {
        out.text("* MYRIGHTS ")
                .mailbox(mailbox)
                .text(" ")
                .text(rights.isEmpty() ? "\"\"" : rights.text())
                .endLine();
    }

    /** listrights-data: to the owner all rights are always granted, to everybody else none. */
    private Reply listRights(AccessCommand.ListRights command) throws IOException {
        AccountId account = context.account();
        AccessResult result = context.ask(l -> l.accessList(account, command.mailbox()));
        if (result instanceof AccessResult.Listed listed) {
            boolean owner = command.identifier().equals(Identifier.account(listed.owner()));
            context.writer()
                    .text("* LISTRIGHTS ")
                    .mailbox(listed.mailbox())
                    .text(" ")
                    .string(command.written())
                    .text(" ")
                    .text(owner ? Rights.ALL.text() : "\"\" " + GRANTABLE)
                    .endLine();
        }
        return reply("LISTRIGHTS", result);
    }

    private static Reply reply(String command, AccessResult result) {
        return switch (result) {
            case AccessResult.Listed(MailboxName mailbox, String owner, List<AccessEntry> entries) ->
                Reply.ok(command + " done");
            case AccessResult.Mine(MailboxName mailbox, Rights rights) -> Reply.ok(command + " done");
            case AccessResult.Done() -> Reply.ok(command + " done");
            case AccessResult.NoSuchMailbox() -> Reply.no("NONEXISTENT", "no such mailbox");
            case AccessResult.NoPermission() -> NO_PERMISSION;
            case AccessResult.NoSuchIdentifier() -> NO_IDENTIFIER;
            case AccessResult.NotAllowed(String reason) -> Reply.no("CANNOT", reason);
        };
    }
}
