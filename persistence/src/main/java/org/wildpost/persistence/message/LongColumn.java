// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.util.Arrays;

/** A growing column of numbers without a box around each: a mailbox may have a million messages. For one thread. */
public final class LongColumn {
    private long[] values = new long[64];
    private int size;

    public void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    public long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
