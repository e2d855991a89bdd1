// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.wildpost.ejb.outbound.Shipment;

/**
 * What of the original message goes back with a notification (RFC 3461 §6.1).
 *
 * @param octets of the message or of its header
 * @param whole  the message, not only the header
 */
record Returned(byte[] octets, boolean whole) {
    /** Octets of a header that goes back; what is beyond is cut at a line. */
    static final int MAX_HEADER = 64 * 1024;

    /** Characters of a line that every server carries (RFC 5321 §4.5.3.1.6). */
    private static final int MAX_LINE = 998;

    /**
     * Reads it.
     *
     * @param limit octets of a message that goes back whole; 0: only the header does
     */
    static Returned read(Shipment.Octets message, long limit) throws IOException {
        boolean small = message.size() <= limit;
        try (InputStream in = message.open()) {
            byte[] octets = in.readNBytes((int) Math.min(message.size(), small ? limit : MAX_HEADER));
            return small && plain(octets) ? new Returned(octets, true) : new Returned(header(octets), false);
        }
    }

    /** Nothing can be read any more. */
    static Returned nothing() {
        return new Returned(new byte[0], false);
    }

    /** Whether all is ASCII. */
    boolean ascii() {
        for (byte octet : octets) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the header is beyond ASCII and all is UTF-8, so that it is of the kind that RFC 6532 made. */
    boolean global() {
        byte[] header = header(octets);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString();
            return !Report.ascii(text);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The octets, with a question mark for each that is not ASCII. */
    Returned asAscii() {
        byte[] copy = octets.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = copy[i] < 0 ? (byte) '?' : copy[i];
        }
        return new Returned(copy, whole);
    }

    /** Whole lines up to the empty one. */
    private static byte[] header(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int start = 0;
        for (int i = 0; i < octets.length && out.size() < MAX_HEADER; i++) {
            if (octets[i] == '\n') {
                int length = i - start + 1;
                if (length <= 2 && (length == 1 || octets[start] == '\r')) {
                    return out.toByteArray();
                }
                if (length <= MAX_LINE + 2) {
                    out.write(octets, start, length);
                }
                start = i + 1;
            }
        }
        return out.toByteArray();
    }

    /** Whether it goes through any server: CRLF only, no NUL, lines of bearable length. */
    private static boolean plain(byte[] octets) {
        int line = 0;
        for (int i = 0; i < octets.length; i++) {
            boolean cr = octets[i] == '\r';
            boolean lf = octets[i] == '\n';
            if (octets[i] == 0 || cr && (i + 1 == octets.length || octets[i + 1] != '\n')) {
                return false;
            }
            if (lf && (i == 0 || octets[i - 1] != '\r')) {
                return false;
            }
            line = cr || lf ? 0 : line + 1;
            if (line > MAX_LINE) {
                return false;
            }
        }
        return true;
    }
}
