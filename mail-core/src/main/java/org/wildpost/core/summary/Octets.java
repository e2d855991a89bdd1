// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.summary;

import java.io.ByteArrayOutputStream;

/** Texts in a row of octets: each with its length in front, in groups of seven bits. */
final class Octets {
    private Octets() {}

    /** Writes a text with its length plus one in front, so that 0 stands for none. */
    static void write(ByteArrayOutputStream out, byte @org.jspecify.annotations.Nullable [] text) {
        long rest = text == null ? 0 : text.length + 1L;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        if (text != null) {
            out.writeBytes(text);
        }
    }

    static long number(byte[] octets, int at) {
        long number = 0;
        int shift = 0;
        int next = at;
        byte octet;
        do {
            octet = octets[next++];
            number |= (long) (octet & 0x7f) << shift;
            shift += 7;
        } while (octet < 0);
        return number;
    }

    static int numberLength(long number) {
        return number == 0 ? 1 : (64 - Long.numberOfLeadingZeros(number) + 6) / 7;
    }

    /** Where the wanted octets begin, -1 when they are not there. */
    static int indexOf(byte[] octets, int from, int to, byte[] wanted) {
        if (wanted.length == 0) {
            return from;
        }
        byte first = wanted[0];
        int last = to - wanted.length;
        for (int i = from; i <= last; i++) {
            if (octets[i] == first && matches(octets, i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] octets, int at, byte[] wanted) {
        for (int i = 1; i < wanted.length; i++) {
            if (octets[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
