// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Chooses fields of a header, octets untouched, the empty line after them always there (RFC 9051 §6.4.5.1 HEADER.FIELDS). */
final class HeaderFields {
    private static final byte[] LINE_END = {'\r', '\n'};

    private final byte[][] names;
    private final boolean named;

    /**
     * @param named true takes the fields with these names, false all others
     */
    HeaderFields(List<String> names, boolean named) {
        this.names = names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
        this.named = named;
    }

    byte[] of(byte[] header) {
        return of(header, header.length);
    }

    /** Of a header that the first octets are. */
    byte[] of(byte[] octets, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(length, 512));
        boolean taking = false;
        int start = 0;
        while (start < length) {
            int end = lineEnd(octets, start, length);
            if (isEmptyLine(octets, start, end)) {
                break;
            }
            boolean folded = octets[start] == ' ' || octets[start] == '\t';
            if (!folded) {
                taking = isNamed(octets, start, end) == named;
            }
            if (taking) {
                out.write(octets, start, end - start);
                if (octets[end - 1] != '\n') {
                    out.writeBytes(LINE_END);
                }
            }
            start = end;
        }
        out.writeBytes(LINE_END);
        return out.toByteArray();
    }

    private static int lineEnd(byte[] octets, int start, int length) {
        int i = start;
        while (i < length && octets[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, length);
    }

    private static boolean isEmptyLine(byte[] octets, int start, int end) {
        return octets[start] == '\n' || end - start == 2 && octets[start] == '\r' && octets[start + 1] == '\n';
    }

    private boolean isNamed(byte[] octets, int start, int end) {
        for (byte[] name : names) {
            if (isName(octets, start, end, name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a line begins with the name, in any case, white space perhaps, and a colon. */
    private static boolean isName(byte[] octets, int start, int end, byte[] name) {
        if (end - start <= name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            byte octet = octets[start + i];
            if ((octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet) != name[i]) {
                return false;
            }
        }
        int colon = start + name.length;
        while (colon < end && (octets[colon] == ' ' || octets[colon] == '\t')) {
            colon++;
        }
        return colon < end && octets[colon] == ':';
    }
}
