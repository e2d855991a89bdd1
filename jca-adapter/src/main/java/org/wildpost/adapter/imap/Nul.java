// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for a NUL, eight octets at a time: every body that is sent is looked through. */
final class Nul {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Nul() {}

    /** The index of the first NUL, or the end. */
    static int find(byte[] octets, int from, int end) {
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long eight = (long) EIGHT.get(octets, i);
            // Of an octet that is 0, and of none below the first such, the high bit is borrowed into.
            long zeros = (eight - ONES) & ~eight & HIGH_BITS;
            if (zeros != 0) {
                return i + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
            }
        }
        while (i < end && octets[i] != 0) {
            i++;
        }
        return i;
    }
}
