// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses fields of a header, octets untouched, the empty line after them always there (RFC 9051 §6.4.5.1 HEADER.FIELDS). */
final class HeaderFields {
    private final Set<String> names;
    private final boolean named;

    /**
     * @param named true takes the fields with these names, false all others
     */
    HeaderFields(List<String> names, boolean named) {
        this.names = names.stream().map(name -> name.toUpperCase(Locale.ROOT)).collect(Collectors.toSet());
        this.named = named;
    }

    byte[] of(byte[] header) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(header.length, 1024));
        boolean taking = false;
        int start = 0;
        while (start < header.length) {
            int end = lineEnd(header, start);
            if (isEmptyLine(header, start, end)) {
                break;
            }
            boolean folded = header[start] == ' ' || header[start] == '\t';
            if (!folded) {
                taking = names.contains(name(header, start, end)) == named;
            }
            if (taking) {
                out.write(header, start, end - start);
                if (header[end - 1] != '\n') {
                    out.writeBytes(new byte[] {'\r', '\n'});
                }
            }
            start = end;
        }
        out.writeBytes(new byte[] {'\r', '\n'});
        return out.toByteArray();
    }

    private static int lineEnd(byte[] octets, int start) {
        int i = start;
        while (i < octets.length && octets[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, octets.length);
    }

    private static boolean isEmptyLine(byte[] octets, int start, int end) {
        return octets[start] == '\n' || end - start == 2 && octets[start] == '\r' && octets[start + 1] == '\n';
    }

    private static String name(byte[] octets, int start, int end) {
        int colon = start;
        while (colon < end && octets[colon] != ':') {
            colon++;
        }
        return colon == end
                ? ""
                : new String(octets, start, colon - start, StandardCharsets.ISO_8859_1)
                        .stripTrailing()
                        .toUpperCase(Locale.ROOT);
    }
}
