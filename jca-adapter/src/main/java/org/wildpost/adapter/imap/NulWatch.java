// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes octets on and notes whether one of them was a NUL. For one thread. */
final class NulWatch extends FilterOutputStream {
    private boolean seen;

    NulWatch(OutputStream out) {
        super(out);
    }

    /** Whether there was one. */
    boolean seen() {
        return seen;
    }

    @Override
    public void write(int b) throws IOException {
        seen |= (b & 0xff) == 0;
        out.write(b);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        int end = offset + length;
        seen = seen || Nul.find(octets, offset, end) < end;
        out.write(octets, offset, length);
    }
}
