// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The field Content-Transfer-Encoding (RFC 2045 §6.1) in the octets of a header. Stateless. */
final class TransferEncodingField {
    private static final String NAME = "content-transfer-encoding:";

    /** Blanks before a colon that old software wrote (RFC 5322 §4.5) and the indexer forgives. */
    private static final int BLANKS = 64;

    private TransferEncodingField() {}

    /** The header with another encoding in place of the first such field, and without any further one; the same when it has none. */
    static byte[] replaced(byte[] header, String encoding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(header.length + NAME.length());
        boolean written = false;
        int start = 0;
        while (start < header.length) {
            int next = HeaderFields.endOfField(header, start);
            if (!isIt(header, start, next) || !isClean(header, start, next)) {
                out.write(header, start, next - start);
            } else if (!written) {
                out.writeBytes(field(encoding));
                written = true;
            }
            start = next;
        }
        return out.toByteArray();
    }

    /** The same, but a header without such a field gets one, as its last. */
    static byte[] set(byte[] header, String encoding) {
        byte[] replaced = replaced(header, encoding);
        if (HeaderFields.parse(replaced).count("content-transfer-encoding") > 0) {
            return replaced;
        }
        int end = header.length >= 2 && header[header.length - 2] == '\r' && header[header.length - 1] == '\n'
                ? header.length - 2
                : header.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream(header.length + NAME.length());
        out.write(header, 0, end);
        out.writeBytes(field(encoding));
        out.write(header, end, header.length - end);
        return out.toByteArray();
    }

    private static byte[] field(String encoding) {
        return ("Content-Transfer-Encoding: " + encoding + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** A CR or LF that stands alone stays, for the caller to refuse: it must not be mended by the way. */
    private static boolean isClean(byte[] header, int start, int end) {
        for (int i = start; i < end; i++) {
            boolean bareCr = header[i] == '\r' && (i + 1 == end || header[i + 1] != '\n');
            boolean bareLf = header[i] == '\n' && (i == start || header[i - 1] != '\r');
            if (bareCr || bareLf) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIt(byte[] header, int start, int end) {
        int length = Math.min(NAME.length() + BLANKS, end - start);
        String begin = new String(header, start, length, StandardCharsets.ISO_8859_1);
        return begin.replaceFirst("[ \t]+:", ":").toLowerCase(Locale.ROOT).startsWith(NAME);
    }
}
