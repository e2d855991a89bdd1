// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.Arrays;
import org.wildpost.core.listener.imap.SearchQuery;
import org.wildpost.core.search.SearchKey;

/** SEARCH and UID SEARCH (RFC 9051 §6.4.4 with the answer of RFC 3501 §7.2.5). */
final class SearchHandler {
    private final ImapContext context;

    SearchHandler(ImapContext context) {
        this.context = context;
    }

    Reply search(MessageCommand.Search command) throws IOException {
        MailboxView view = context.view();
        boolean tellsModSeq = command.term().asksModSeq();
        if (tellsModSeq) {
            context.enableCondstore();
        }
        SearchKey key = command.term().resolve(view);
        long[] found = view.known(
                context.ask(l -> l.search(view.ref(), SearchQuery.of(key))).uids());
        ImapWriter out = context.writer();
        out.text("* SEARCH");
        for (long uid : found) {
            out.text(" ").number(command.uid() ? uid : view.sequence(uid));
        }
        if (tellsModSeq && found.length > 0) {
            // The greatest of those found (RFC 7162 §3.1.5), which may be newer than what we knew.
            context.catchUp();
            out.text(" (MODSEQ ")
                    .number(Arrays.stream(found).map(view::modSeq).max().orElseThrow())
                    .text(")");
        }
        out.endLine();
        return Reply.ok("SEARCH done");
    }
}
