// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MimePart;

/**
 * What the octets of a message ask of the next hop, whatever its client declared.
 *
 * @param eight whether some are beyond ASCII (RFC 6152)
 * @param utf8  whether some of the header or of a part's header are (RFC 6532 §3); a message inside of it does not count
 */
record MessageFacts(boolean eight, boolean utf8) {
    private static final int PIECE = 64 * 1024;

    private record Range(long from, long to) {}

    /** Reads the message once. */
    static MessageFacts of(SpooledMessage message, MimePart root) throws IOException {
        List<Range> headers = new ArrayList<>();
        collect(root, headers);
        headers.sort(Comparator.comparingLong(Range::from));
        byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, message.size()))];
        boolean eight = false;
        try (InputStream in = message.open()) {
            long offset = 0;
            int range = 0;
            for (int count = in.read(piece); count > 0; count = in.read(piece)) {
                for (int i = 0; i < count; i++) {
                    if (piece[i] < 0) {
                        eight = true;
                        while (range < headers.size() && headers.get(range).to() <= offset + i) {
                            range++;
                        }
                        if (range < headers.size() && headers.get(range).from() <= offset + i) {
                            return new MessageFacts(true, true);
                        }
                    }
                }
                offset += count;
            }
        }
        return new MessageFacts(eight, false);
    }

    private static void collect(MimePart part, List<Range> headers) {
        headers.add(new Range(part.headerOffset(), part.bodyOffset()));
        if (part.isMultipart()) {
            part.children().forEach(child -> collect(child, headers));
        }
    }
}
