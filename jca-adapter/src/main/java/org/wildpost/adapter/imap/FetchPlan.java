// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.wildpost.adapter.imap.FetchItem.Binary;
import org.wildpost.adapter.imap.FetchItem.Octets;
import org.wildpost.adapter.imap.FetchItem.Simple;
import org.wildpost.core.listener.imap.FetchDetail;

/**
 * What a FETCH needs.
 *
 * @param items     in the order of the answer, UID first where the command counts in UIDs
 * @param details   the costly columns
 * @param needsRows whether the store must be asked at all
 * @param marksSeen whether reading sets {@code \Seen}
 */
record FetchPlan(List<FetchItem> items, Set<FetchDetail> details, boolean needsRows, boolean marksSeen) {
    /** For lines in the way that the client asked for. */
    static FetchPlan of(MessageCommand.Fetch command, MessageLines lines) {
        List<FetchItem> items = new ArrayList<>(command.items());
        if (command.uid() && !lines.uidsOnly() && !items.contains(Simple.UID)) {
            items.addFirst(Simple.UID);
        }
        // RFC 7162 §3.1.4.1.
        if (command.modifiers().changedSince().isPresent() && !items.contains(Simple.MODSEQ)) {
            items.add(Simple.MODSEQ);
        }
        return of(items, lines);
    }

    /** For these items of some messages. */
    static FetchPlan of(List<FetchItem> wanted, MessageLines lines) {
        List<FetchItem> items = new ArrayList<>(wanted);
        // Whoever looks at MODSEQs gets those of the flags that it sees.
        if (lines.tellsModSeqs() && items.contains(Simple.FLAGS) && !items.contains(Simple.MODSEQ)) {
            items.add(Simple.MODSEQ);
        }
        Set<FetchDetail> details = EnumSet.noneOf(FetchDetail.class);
        boolean needsRows = false;
        boolean marksSeen = false;
        for (FetchItem item : items) {
            needsRows |= item != Simple.UID && item != Simple.FLAGS && item != Simple.MODSEQ;
            if (item == Simple.THREADID) {
                details.add(FetchDetail.THREAD);
            }
            if (item == Simple.EMAILID || item == Simple.SAVEDATE) {
                details.add(FetchDetail.IDENTITY);
            }
            if (item == Simple.ENVELOPE) {
                details.add(FetchDetail.ENVELOPE);
            }
            boolean octets = item instanceof Octets o && !o.section().equals(Section.WHOLE)
                    || item instanceof Binary b && !b.path().isEmpty()
                    || item instanceof FetchItem.BinarySize;
            if (octets || item == Simple.BODY || item == Simple.BODYSTRUCTURE) {
                details.add(FetchDetail.STRUCTURE);
            }
            marksSeen |= item instanceof Octets o && !o.peek() || item instanceof Binary b && !b.peek();
        }
        return new FetchPlan(List.copyOf(items), details, needsRows, marksSeen);
    }

    /** Whether a part is wanted without its transfer encoding. */
    boolean hasBinary() {
        return items.stream().anyMatch(item -> item instanceof Binary || item instanceof FetchItem.BinarySize);
    }

    /** Whether octets of the messages are asked for. */
    boolean hasOctets() {
        return items.stream().anyMatch(item -> item instanceof Octets);
    }
}
