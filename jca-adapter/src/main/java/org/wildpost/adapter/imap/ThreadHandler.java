// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.thread.ThreadForest;

/** THREAD and UID THREAD (RFC 5256 §3, §4). */
final class ThreadHandler {
    private final ImapContext context;
    private final InstantSource clock;

    ThreadHandler(ImapContext context, InstantSource clock) {
        this.context = context;
        this.clock = clock;
    }

    Reply thread(MessageCommand.ThreadMessages command) throws IOException {
        if (!command.criteria().charsetKnown()) {
            return SearchCriteria.BAD_CHARSET;
        }
        MailboxView view = context.view();
        SearchTerm term = command.criteria().term();
        if (term.asksModSeq()) {
            context.enableCondstore();
        }
        // A message that the client does not know yet would have no number in the tree.
        SearchKey known = new SearchKey.UidRange(1, view.messages() == 0 ? 0 : view.uid(view.messages()));
        SearchKey key = new SearchKey.And(List.of(known, term.resolve(view, clock.instant())));
        ThreadForest forest = context.askPatiently(l -> l.thread(view.ref(), command.algorithm(), key));
        String told = ThreadText.of(forest, command.uid() ? uid -> uid : view::sequence);
        context.writer().untagged(told.isEmpty() ? "THREAD" : "THREAD " + told);
        return Reply.ok("THREAD done");
    }
}
