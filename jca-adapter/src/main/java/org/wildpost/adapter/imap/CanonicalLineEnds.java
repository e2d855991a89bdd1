// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Puts the CR before each LF that lacks it, as stored messages have it (RFC 5322 §2.1); a CR alone stays. */
final class CanonicalLineEnds extends FilterOutputStream {
    private static final byte[] CRLF = {'\r', '\n'};
    private boolean afterCr;

    CanonicalLineEnds(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            boolean bare = octets[i] == '\n' && !afterCr;
            if (bare) {
                out.write(octets, from, i - from);
                out.write(CRLF, 0, 2);
                from = i + 1;
            }
            afterCr = octets[i] == '\r';
        }
        out.write(octets, from, offset + length - from);
    }
}
