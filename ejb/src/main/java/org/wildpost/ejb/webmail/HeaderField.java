// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Looks up one field in the octets of a header (RFC 5322 §2.2). */
final class HeaderField {
    private HeaderField() {}

    /** The first such field's value, unfolded (RFC 5322 §2.2.3); empty when there is none. */
    static String find(byte[] header, String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        String unfolded = new String(header, StandardCharsets.UTF_8).replaceAll("\r?\n(?=[ \t])", "");
        return unfolded.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst()
                .orElse("");
    }
}
