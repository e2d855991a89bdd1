// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.Optional;
import org.wildpost.adapter.imap.SelectParameters.Resync;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.Watch;

/** SELECT, EXAMINE, CLOSE and UNSELECT (RFC 9051 §6.3.2, §6.3.3, §6.4.1, §6.4.2; RFC 7162 §3.2.5, §3.2.8; RFC 8474 §4.2). */
final class SelectHandler {
    private final ImapContext context;
    private final VanishedUids vanished;

    SelectHandler(ImapContext context) {
        this.context = context;
        this.vanished = new VanishedUids(context);
    }

    Reply select(MailboxCommand.Select command) throws IOException {
        AccountId account = context.account();
        leave();
        if (command.parameters().condstore()) {
            context.enableCondstore();
        }
        OpenResult result = context.ask(l -> l.open(account, command.mailbox(), command.readOnly()));
        if (!(result instanceof OpenResult.Opened opened)) {
            return result instanceof OpenResult.NoPermission
                    ? AccessHandler.NO_PERMISSION
                    : Reply.no("NONEXISTENT", "no such mailbox");
        }
        MailboxStatus status = opened.status();
        MailboxView view = new MailboxView(opened, command.readOnly(), recent(opened, command.readOnly()));
        MailboxSignal signal = new MailboxSignal();
        Watch watch = context.ask(l -> l.watch(view.ref(), signal));
        context.enter(new SessionState.Selected(account, view, signal, watch));
        describe(view, status);
        CanonicalName.selected(context, status.name(), command.otherName());
        Optional<Resync> resync = command.parameters().resync();
        if (resync.isPresent() && resync.get().uidValidity() == status.uidValidity()) {
            resynchronise(view, resync.get());
        }
        String code = SelectedRights.writable(view) ? "READ-WRITE" : "READ-ONLY";
        return Reply.ok(code, command.readOnly() ? "EXAMINE done" : "SELECT done");
    }

    /** The mailbox before is left whatever comes of the attempt (RFC 9051 §6.3.2). */
    Reply none(MailboxCommand.SelectNone command) throws IOException {
        leave();
        return command.refusal();
    }

    private void leave() throws IOException {
        if (context.state() instanceof SessionState.Selected) {
            context.leaveMailbox();
            // RFC 7162 §3.2.11, RFC 9051 §7.1: what follows is about the new mailbox.
            context.writer().untagged("OK [CLOSED] the mailbox before is closed");
        }
    }

    /** IMAP4rev2 knows no {@code \Recent} (RFC 9051 §2.3.2). */
    private RecentMessages recent(OpenResult.Opened opened, boolean readOnly) {
        return context.enabled(Extension.IMAP4REV2)
                ? new RecentMessages(opened.status().id())
                : RecentMessages.of(context.recents(), opened, !readOnly);
    }

    private void describe(MailboxView view, MailboxStatus status) throws IOException {
        ImapWriter out = context.writer();
        context.lines().flags(view);
        context.lines().permanentFlags(view);
        out.untagged(view.messages() + " EXISTS");
        if (!context.enabled(Extension.IMAP4REV2)) {
            describeOld(view);
        }
        out.untagged("OK [UIDVALIDITY " + status.uidValidity() + "] UIDs are valid");
        out.untagged("OK [UIDNEXT " + view.uidNext() + "] predicted next UID");
        out.untagged("OK [HIGHESTMODSEQ " + view.modSeq() + "] MODSEQs are kept");
        out.untagged("OK [" + ObjectId.mailbox(status.id()) + "] the id of the mailbox");
    }

    /** What the client missed while it was away: first what is gone, then what changed (RFC 7162 §3.2.5.1). */
    private void resynchronise(MailboxView view, Resync resync) throws IOException {
        UidRanges all = UidRanges.between(1, view.uidNext() - 1);
        UidRanges known = resync.knownUids().map(set -> UidRanges.of(set, 0)).orElse(all);
        UidRanges doubtful = resync.match()
                .map(match -> UidRanges.between(VanishedUids.firstDoubtful(view, match), view.uidNext() - 1))
                .orElse(all);
        context.lines().goneEarlier(vanished.since(resync.modSeq(), known.and(doubtful)));
        long since = resync.modSeq() <= view.modSeq() ? resync.modSeq() : 0;
        for (long uid : view.existing(SequenceSet.ALL, true)) {
            if (view.modSeq(uid) > since && known.contains(uid)) {
                context.lines().changed(view, uid);
            }
        }
    }

    /** What IMAP4rev2 left out (RFC 3501 §6.3.1). */
    private void describeOld(MailboxView view) throws IOException {
        context.writer().untagged(view.recentCount() + " RECENT");
        if (view.firstUnseen() > 0 && !context.lines().uidsOnly()) {
            context.writer().untagged("OK [UNSEEN " + view.firstUnseen() + "] first unseen");
        }
    }

    /** Removes what is deleted without saying so, nor how far the mailbox is now: the client may not know of all that left (RFC 7162 §3.2.8). */
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
