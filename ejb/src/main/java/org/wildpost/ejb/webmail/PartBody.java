// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A range of a stored message's octets, pulled in slices: between two reads nothing is held in the database. For one thread.
 */
final class PartBody extends InputStream {
    /** Where slices come from. */
    @FunctionalInterface
    interface Slices {
        /** At most {@code length} octets from {@code offset}; empty when the message is gone. */
        Optional<byte[]> read(long offset, int length);
    }

    private final Slices slices;
    private final int sliceLength;
    private final long end;
    private long next;
    private byte[] slice = new byte[0];
    private int position;

    PartBody(Slices slices, long offset, long length, int sliceLength) {
        this.slices = slices;
        this.sliceLength = sliceLength;
        this.next = offset;
        this.end = offset + length;
    }

    @Override
    public int read() throws IOException {
        return fill() ? slice[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int taken = Math.min(length, slice.length - position);
        System.arraycopy(slice, position, into, offset, taken);
        position += taken;
        return taken;
    }

    private boolean fill() throws IOException {
        if (position < slice.length) {
            return true;
        }
        if (next >= end) {
            return false;
        }
        slice = slices.read(next, (int) Math.min(sliceLength, end - next))
                .orElseThrow(() -> new FileNotFoundException("the message is gone"));
        position = 0;
        next += slice.length;
        return slice.length > 0;
    }
}
