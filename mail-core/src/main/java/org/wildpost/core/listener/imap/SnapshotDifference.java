// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.Arrays;

/**
 * How two states of one mailbox differ.
 *
 * @param gone       indexes in the earlier one of messages that the later one has not, ascending
 * @param changed    indexes in the later one of messages whose MODSEQ is another, ascending
 * @param firstAdded the index in the later one from which on messages are new; its size when none is
 */
public record SnapshotDifference(int[] gone, int[] changed, int firstAdded) {

    static SnapshotDifference between(MailboxSnapshot earlier, MailboxSnapshot later) {
        SnapshotBlock[] old = earlier.blocks();
        SnapshotBlock[] now = later.blocks();
        Indexes gone = new Indexes();
        Indexes changed = new Indexes();
        int a = 0;
        int b = 0;
        int i = 0;
        int j = 0;
        while (a < old.length && b < now.length) {
            if (i == 0 && j == 0 && old[a] == now[b]) {
                a++;
                b++;
                continue;
            }
            long before = old[a].uid(i);
            long after = now[b].uid(j);
            if (before < after) {
                gone.add(earlier.start(a) + i++);
            } else if (before == after) {
                if (old[a].modSeqs()[i++] != now[b].modSeqs()[j]) {
                    changed.add(later.start(b) + j);
                }
                j++;
            } else {
                // UIDs ascend: what came later is behind everything known.
                throw new IllegalArgumentException("a message with the UID " + after + " came in between");
            }
            if (i == old[a].size()) {
                a++;
                i = 0;
            }
            if (j == now[b].size()) {
                b++;
                j = 0;
            }
        }
        for (int index = a < old.length ? earlier.start(a) + i : earlier.size(); index < earlier.size(); index++) {
            gone.add(index);
        }
        int firstAdded = b < now.length ? later.start(b) + j : later.size();
        return new SnapshotDifference(gone.toArray(), changed.toArray(), firstAdded);
    }

    private static final class Indexes {
        private int[] values = new int[16];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
