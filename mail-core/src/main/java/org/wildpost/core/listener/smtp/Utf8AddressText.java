// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The encodings of an address of type {@code utf-8} in ORCPT (RFC 6533 §3): with characters as they are, or in ASCII with {@code \x{...}} for what ASCII or
 * the parameter cannot carry.
 */
public final class Utf8AddressText {
    /** HEXPOINT: no leading zeros, and in ASCII only the characters that could not stand for themselves. */
    private static final Pattern POINT = Pattern.compile(
            "20|2B|3D|5C|[89A-F][0-9A-F]|[1-9A-F][0-9A-F]{2,4}|10[0-9A-F]{4}", Pattern.CASE_INSENSITIVE);

    private Utf8AddressText() {}

    /**
     * Decodes both forms, and an address as it is ({@code utf-8-address}), in which a plus is a plus. Empty when it is none of them, or when a control
     * character is in it. Whether characters beyond ASCII may stand as they are depends on SMTPUTF8: the caller looks.
     */
    public static Optional<String> decode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                if (c <= ' ' || c == '=' || Character.isISOControl(c)) {
                    return Optional.empty();
                }
                out.append(c);
                continue;
            }
            int end = text.startsWith("\\x{", i) ? text.indexOf('}', i) : -1;
            int point = end < 0 ? -1 : point(text.substring(i + 3, end));
            if (point < 0) {
                return Optional.empty();
            }
            out.appendCodePoint(point);
            i = end;
        }
        return out.isEmpty() ? Optional.empty() : Optional.of(out.toString());
    }

    /** The form in ASCII ({@code utf-8-addr-xtext}), which needs no SMTPUTF8. */
    public static String encodeAscii(String address) {
        StringBuilder out = new StringBuilder(address.length());
        address.codePoints().forEach(c -> {
            if (c > ' ' && c < 0x7f && c != '+' && c != '=' && c != '\\') {
                out.append((char) c);
            } else {
                out.append("\\x{").append(String.format("%02X", c)).append('}');
            }
        });
        return out.toString();
    }

    private static int point(String digits) {
        if (!POINT.matcher(digits).matches()) {
            return -1;
        }
        int point = Integer.parseInt(digits, 16);
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return surrogate || Character.isISOControl(point) ? -1 : point;
    }
}
