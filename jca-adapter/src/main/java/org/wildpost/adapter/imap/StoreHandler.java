// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.message.Flags;

/** STORE and UID STORE (RFC 9051 §6.4.6). */
final class StoreHandler {
    private final ImapContext context;

    StoreHandler(ImapContext context) {
        this.context = context;
    }

    Reply store(MessageCommand.Store command) throws IOException {
        MailboxView view = context.view();
        Optional<long[]> messages = view.resolve(command.messages(), command.uid());
        if (messages.isEmpty()) {
            return Reply.bad("no such message");
        }
        if (view.readOnly()) {
            return Reply.no("CANNOT", "the mailbox is open read-only");
        }
        long[] uids = messages.get();
        int told = 0;
        for (int from = 0; from < uids.length; from += ImapListener.BATCH) {
            long[] batch = Arrays.copyOfRange(uids, from, Math.min(from + ImapListener.BATCH, uids.length));
            StoreRequest request = new StoreRequest(batch, command.mode(), command.flags(), OptionalLong.empty());
            context.reached(from, uids.length);
            StoreResult result = context.askPatiently(l -> l.store(view.ref(), request));
            for (Changes.Changed message : result.messages()) {
                tell(view, command, message);
            }
            told += result.messages().size();
        }
        if (told < uids.length && !command.uid()) {
            return Reply.no("EXPUNGEISSUED", "some of the messages are gone");
        }
        return Reply.ok("STORE done");
    }

    private void tell(MailboxView view, MessageCommand.Store command, Changes.Changed message) throws IOException {
        long uid = message.uid();
        Flags expected = applied(view.flags(uid), command.mode(), command.flags());
        view.learn(uid, message.flags());
        view.announceKeywords(context.writer());
        if (command.silent()) {
            // What somebody else changed at the same time is told with the other news.
            if (expected.equals(message.flags())) {
                view.told(uid);
            }
            return;
        }
        context.writer()
                .text("* " + view.sequence(uid) + " FETCH (")
                .text(command.uid() ? "UID " + uid + " " : "")
                .text("FLAGS ")
                .list(FlagText.words(message.flags(), view.isRecent(uid)))
                .text(")")
                .endLine();
        view.told(uid);
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
