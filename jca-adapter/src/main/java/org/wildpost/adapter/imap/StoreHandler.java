// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.acl.Right;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.message.Flags;

/** STORE and UID STORE (RFC 9051 §6.4.6, RFC 7162 §3.1.3). */
final class StoreHandler {
    private final ImapContext context;

    StoreHandler(ImapContext context) {
        this.context = context;
    }

    Reply store(MessageCommand.Store command) throws IOException {
        MailboxView view = context.view();
        if (command.unchangedSince().isPresent()) {
            context.enableCondstore();
        }
        Optional<long[]> messages = view.resolve(command.messages(), command.uid());
        if (messages.isEmpty()) {
            return Reply.bad("no such message");
        }
        if (view.readOnly()) {
            return Reply.no("CANNOT", "the mailbox is open read-only");
        }
        long[] uids = messages.get();
        int found = 0;
        List<Long> modified = new ArrayList<>();
        for (int from = 0; from < uids.length; from += ImapListener.STORE_BATCH) {
            long[] batch = Arrays.copyOfRange(uids, from, Math.min(from + ImapListener.STORE_BATCH, uids.length));
            StoreRequest request = new StoreRequest(batch, command.mode(), command.flags(), command.unchangedSince());
            context.reached(from, uids.length);
            StoreResult result = context.askPatiently(l -> l.store(view.ref(), request));
            // With our own change among the latest, only what others did is news at the end.
            context.catchUp();
            if (view.rights().has(Right.WRITE)) {
                view.announceKeywords(context.lines(), command.flags().keywords());
            }
            for (Changes.Changed message : result.messages()) {
                tell(view, command, message);
            }
            found += result.messages().size() + result.modified().length;
            Arrays.stream(result.modified()).forEach(modified::add);
        }
        tellModified(view, modified);
        // Whoever wants to hear nothing is not told either (RFC 2180 §4.2.1).
        boolean gone = found < uids.length && !command.uid() && !command.silent();
        if (!modified.isEmpty()) {
            String code = "MODIFIED " + numbers(view, command.uid(), modified);
            return gone ? Reply.no(code, "some of the messages have been deleted") : Reply.ok(code, "some had changed");
        }
        return gone ? Reply.no("EXPUNGEISSUED", "some of the messages have been deleted") : Reply.ok("STORE done");
    }

    /** How those are that had changed, so that the client need not ask (RFC 7162 §3.1.3); what it has not heard of yet comes with the other news. */
    private void tellModified(MailboxView view, List<Long> uids) throws IOException {
        for (long uid : uids) {
            if (view.toldModSeq(uid) >= view.modSeq(uid)) {
                context.lines().changed(view, uid);
            }
        }
    }

    /** As the command counts. */
    private static String numbers(MailboxView view, boolean uid, List<Long> uids) {
        return SequenceSet.format(
                uids.stream().mapToLong(one -> uid ? one : view.sequence(one)).toArray());
    }

    private void tell(MailboxView view, MessageCommand.Store command, Changes.Changed message) throws IOException {
        long uid = message.uid();
        if (!command.silent()) {
            view.announceKeywords(context.lines(), message.flags().keywords());
            begin(view, command, uid).text("FLAGS ").flags(message.flags(), view.isRecent(uid));
            end(message, " ");
            view.heard(message);
            return;
        }
        boolean asExpected = view.believed(uid)
                .map(before -> applied(before, command.mode(), command.flags()).equals(message.flags()))
                .orElse(false);
        if (!asExpected && command.unchangedSince().isEmpty()) {
            // What somebody else changed at the same time is told with the other news.
            return;
        }
        if (context.lines().tellsModSeqs()
                && (command.unchangedSince().isPresent() || message.modSeq() > view.toldModSeq(uid))) {
            begin(view, command, uid);
            end(message, "");
        }
        if (asExpected) {
            view.heard(message);
        }
    }

    private ImapWriter begin(MailboxView view, MessageCommand.Store command, long uid) throws IOException {
        ImapWriter out = context.lines().begin(view, uid);
        // RFC 9051 §7.5.2: a client of IMAP4rev2 may count on it where it did not ask for it.
        boolean namesUid = command.uid() || context.lines().tellsModSeqs() || context.enabled(Extension.IMAP4REV2);
        if (namesUid && !context.lines().uidsOnly()) {
            out.text("UID ").number(uid).text(" ");
        }
        return out;
    }

    private void end(Changes.Changed message, String separator) throws IOException {
        ImapWriter out = context.writer();
        if (context.lines().tellsModSeqs()) {
            out.text(separator).modSeq(message.modSeq());
        }
        out.text(")").endLine();
    }

    private static Flags applied(Flags before, StoreRequest.Mode mode, Flags change) {
        List<String> keywords = new ArrayList<>(before.keywords());
        return switch (mode) {
            case REPLACE -> change;
            case ADD -> {
                keywords.addAll(change.keywords());
                yield new Flags(before.system() | change.system(), keywords);
            }
            case REMOVE -> {
                keywords.removeIf(change::has);
                yield new Flags(before.system() & ~change.system(), keywords);
            }
        };
    }
}
