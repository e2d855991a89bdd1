// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.Watch;

/** SELECT, EXAMINE, CLOSE and UNSELECT (RFC 9051 §6.3.2, §6.3.3, §6.4.1, §6.4.2). */
final class SelectHandler {
    private final ImapContext context;

    SelectHandler(ImapContext context) {
        this.context = context;
    }

    Reply select(MailboxCommand.Select command) throws IOException {
        AccountId account = context.account();
        context.leaveMailbox();
        OpenResult result = context.ask(l -> l.open(account, command.mailbox(), command.readOnly()));
        if (!(result instanceof OpenResult.Opened opened)) {
            return Reply.no("NONEXISTENT", "no such mailbox");
        }
        MailboxStatus status = opened.snapshot().status();
        MailboxView view = new MailboxView(new MailboxRef(account, status.id()), opened, command.readOnly());
        MailboxSignal signal = new MailboxSignal();
        Watch watch = context.ask(l -> l.watch(view.ref(), signal));
        context.enter(new SessionState.Selected(account, view, signal, watch));
        describe(view, status);
        return command.readOnly() ? Reply.ok("READ-ONLY", "EXAMINE done") : Reply.ok("READ-WRITE", "SELECT done");
    }

    private void describe(MailboxView view, MailboxStatus status) throws IOException {
        ImapWriter out = context.writer();
        out.text("* FLAGS ").list(FlagText.all(view.knownKeywords())).endLine();
        List<String> permanent = view.readOnly() ? List.of() : FlagText.all(view.knownKeywords());
        out.text("* OK [PERMANENTFLAGS (").text(String.join(" ", permanent));
        out.text(view.readOnly() ? ")] read-only" : " \\*)] keywords can be made")
                .endLine();
        out.untagged(view.messages() + " EXISTS");
        out.untagged(view.recentCount() + " RECENT");
        if (view.firstUnseen() > 0) {
            out.untagged("OK [UNSEEN " + view.firstUnseen() + "] first unseen");
        }
        out.untagged("OK [UIDVALIDITY " + status.uidValidity() + "] UIDs are valid");
        out.untagged("OK [UIDNEXT " + status.uidNext() + "] predicted next UID");
    }

    /** Removes what is deleted without saying so. */
    Reply close() {
        MailboxView view = context.view();
        if (!view.readOnly()) {
            context.ask(l -> l.expunge(view.ref(), Optional.empty()));
        }
        context.leaveMailbox();
        return Reply.ok("CLOSE done");
    }

    Reply unselect() {
        context.leaveMailbox();
        return Reply.ok("UNSELECT done");
    }
}
