// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.id;

/**
 * A message's unique identifier in its mailbox: non-zero, 32 bits unsigned, strictly ascending (RFC 9051 §2.3.1.1).
 * Bulk answers carry UIDs as {@code long[]}.
 */
public record Uid(long value) implements Comparable<Uid> {
    /** The greatest value that the protocol can carry. */
    public static final long MAX = 0xFFFF_FFFFL;

    public Uid {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException("UID out of range: " + value);
        }
    }

    @Override
    public int compareTo(Uid other) {
        return Long.compare(value, other.value);
    }
}
