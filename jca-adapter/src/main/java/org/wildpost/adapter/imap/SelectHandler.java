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

/** SELECT, EXAMINE, CLOSE and UNSELECT (RFC 9051 §6.3.2, §6.3.3, §6.4.1, §6.4.2; RFC 8474 §4.2). */
final class SelectHandler {
    private final ImapContext context;

    SelectHandler(ImapContext context) {
        this.context = context;
    }

    Reply select(MailboxCommand.Select command) throws IOException {
        AccountId account = context.account();
        if (context.state() instanceof SessionState.Selected) {
            // RFC 9051 §7.1: what comes from here on is about another mailbox.
            context.leaveMailbox();
            context.writer().untagged("OK [CLOSED] the mailbox before is closed");
        }
        OpenResult result = context.ask(l -> l.open(account, command.mailbox(), command.readOnly()));
        if (!(result instanceof OpenResult.Opened found)) {
            return Reply.no("NONEXISTENT", "no such mailbox");
        }
        OpenResult.Opened opened = context.enabled(Extension.IMAP4REV2) ? withoutRecent(found) : found;
        MailboxStatus status = opened.snapshot().status();
        MailboxView view = new MailboxView(new MailboxRef(account, status.id()), opened, command.readOnly());
        MailboxSignal signal = new MailboxSignal();
        Watch watch = context.ask(l -> l.watch(view.ref(), signal));
        context.enter(new SessionState.Selected(account, view, signal, watch));
        describe(view, status);
        CanonicalName.selected(context, status.name(), command.otherName());
        return command.readOnly() ? Reply.ok("READ-ONLY", "EXAMINE done") : Reply.ok("READ-WRITE", "SELECT done");
    }

    /** IMAP4rev2 knows no {@code \Recent} (RFC 9051 §2.3.2). */
    private static OpenResult.Opened withoutRecent(OpenResult.Opened opened) {
        return new OpenResult.Opened(opened.snapshot(), MailboxView.NO_RECENT);
    }

    private void describe(MailboxView view, MailboxStatus status) throws IOException {
        ImapWriter out = context.writer();
        out.text("* FLAGS ").list(FlagText.all(view.knownKeywords())).endLine();
        List<String> permanent = view.readOnly() ? List.of() : FlagText.all(view.knownKeywords());
        out.text("* OK [PERMANENTFLAGS (").text(String.join(" ", permanent));
        out.text(view.readOnly() ? ")] read-only" : " \\*)] keywords can be made")
                .endLine();
        out.untagged(view.messages() + " EXISTS");
        if (!context.enabled(Extension.IMAP4REV2)) {
            describeOld(view);
        }
        out.untagged("OK [UIDVALIDITY " + status.uidValidity() + "] UIDs are valid");
        out.untagged("OK [UIDNEXT " + status.uidNext() + "] predicted next UID");
        out.untagged("OK [" + ObjectId.mailbox(status.id()) + "] the id of the mailbox");
    }

    /** What IMAP4rev2 left out (RFC 3501 §6.3.1). */
    private void describeOld(MailboxView view) throws IOException {
        context.writer().untagged(view.recentCount() + " RECENT");
        if (view.firstUnseen() > 0) {
            context.writer().untagged("OK [UNSEEN " + view.firstUnseen() + "] first unseen");
        }
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
