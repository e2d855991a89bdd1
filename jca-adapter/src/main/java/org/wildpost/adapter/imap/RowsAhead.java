// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.ImapListener;

/** The rows of one FETCH, batch by batch; the next is asked for while this one is written. For one thread. */
final class RowsAhead {
    private final ImapContext context;
    private final FetchPlan plan;
    private final long[] uids;
    private int nextFrom = -1;
    private @Nullable Ahead<List<FetchRow>> next;

    RowsAhead(ImapContext context, FetchPlan plan, long[] uids) {
        this.context = context;
        this.plan = plan;
        this.uids = uids;
    }

    /** The UIDs of the batch that begins there. */
    long[] batch(int from) {
        return Arrays.copyOfRange(uids, from, Math.min(from + ImapListener.BATCH, uids.length));
    }

    /** The rows of the batch that begins there. */
    List<FetchRow> rows(int from) throws InterruptedIOException {
        List<FetchRow> rows = next != null && nextFrom == from ? next.answer() : ask(from);
        next = null;
        nextFrom = from + ImapListener.BATCH;
        // A row read before its message is marked as seen would know nothing of the mark.
        if (nextFrom < uids.length && !plan.marksSeen()) {
            int following = nextFrom;
            next = Ahead.asking(() -> ask(following));
        }
        return rows;
    }

    private List<FetchRow> ask(int from) {
        long[] batch = batch(from);
        return context.ask(l -> l.fetch(context.view().ref(), batch, plan.details()));
    }
}
