// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.message.Spool;
import org.wildpost.core.message.SpooledMessage;

/**
 * Takes fields out of a message's header and puts others in front; all other octets stay as they are, so that signatures over the rest hold. Without
 * state; safe for all threads.
 *
 * @param removed names in lower case; each field of that name goes with its continuation lines (RFC 5322 §2.2.3)
 * @param added   whole fields, each with its CRLF
 */
public record HeaderRewrite(Set<String> removed, byte[] added) {
    private static final int BUFFER = 16 * 1024;

    /** Characters of a field name that are compared; nothing that is removed has a longer one. */
    private static final int MAX_NAME = 80;

    public HeaderRewrite {
        removed = Set.copyOf(removed);
        added = added.clone();
    }

    /** Whether a message's header has a field that is to go; reads the header only. */
    public boolean removesFrom(SpooledMessage message) throws IOException {
        try (InputStream in = new BufferedInputStream(message.open(), BUFFER)) {
            byte[] line = new byte[MAX_NAME];
            int length = line(in, line, null);
            while (length > 0 && !isEnd(line, length)) {
                if (removed.contains(name(line, length))) {
                    return true;
                }
                length = line(in, line, null);
            }
        }
        return false;
    }

    /** Writes the rewritten message into a spool and finishes it; the caller closes what it gets. */
    public SpooledMessage apply(SpooledMessage message, Spool out) throws IOException {
        try (InputStream in = new BufferedInputStream(message.open(), BUFFER)) {
            out.write(added, 0, added.length);
            byte[] start = new byte[MAX_NAME];
            boolean gone = false;
            while (true) {
                in.mark(MAX_NAME + 1);
                int length = Math.max(0, in.readNBytes(start, 0, MAX_NAME));
                in.reset();
                if (length == 0 || isEnd(start, length)) {
                    break;
                }
                if (start[0] != ' ' && start[0] != '\t') {
                    gone = removed.contains(name(start, length));
                }
                line(in, start, gone ? null : out);
            }
            in.transferTo(out);
        }
        return out.finish();
    }

    /** Reads one line, its first octets into {@code start}; the octets read there, 0 at the end of the stream. */
    private static int line(InputStream in, byte[] start, @Nullable Spool out) throws IOException {
        int length = 0;
        byte[] run = new byte[256];
        int filled = 0;
        int octet = in.read();
        while (octet >= 0) {
            if (length < start.length) {
                start[length++] = (byte) octet;
            }
            run[filled++] = (byte) octet;
            if (filled == run.length || octet == '\n') {
                if (out != null) {
                    out.write(run, 0, filled);
                }
                filled = 0;
            }
            if (octet == '\n') {
                return length;
            }
            octet = in.read();
        }
        if (out != null) {
            out.write(run, 0, filled);
        }
        return length;
    }

    private static boolean isEnd(byte[] line, int length) {
        return line[0] == '\n' || (length > 1 && line[0] == '\r' && line[1] == '\n');
    }

    /** The field's name in lower case; empty for a continuation or what is no field. */
    private static String name(byte[] line, int length) {
        int colon = 0;
        while (colon < length && line[colon] != ':' && line[colon] != '\n') {
            colon++;
        }
        if (colon == length || line[colon] == '\n') {
            return "";
        }
        return new String(Arrays.copyOf(line, colon), StandardCharsets.ISO_8859_1)
                .stripTrailing()
                .toLowerCase(Locale.ROOT);
    }
}
