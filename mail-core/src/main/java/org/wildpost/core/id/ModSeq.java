// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.id;

/** A mailbox's modification sequence: 63 bits, ascending with every change of a message (RFC 7162 §3.1.1). */
public record ModSeq(long value) implements Comparable<ModSeq> {
    /** Before any change. */
    public static final ModSeq ZERO = new ModSeq(0);

    public ModSeq {
        if (value < 0) {
            throw new IllegalArgumentException("MODSEQ out of range: " + value);
        }
    }

    @Override
    public int compareTo(ModSeq other) {
        return Long.compare(value, other.value);
    }
}
