// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import java.util.Optional;

/** The encoding of parameter values whose characters a command line cannot carry (RFC 3461 §4): {@code +} and two hexadecimal digits for an octet. */
public final class Xtext {
    private static final String DIGITS = "0123456789ABCDEF";

    private Xtext() {}

    /** Decodes; one character for each octet. Empty when the text is not xtext. */
    public static Optional<String> decode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+') {
                int octet = i + 2 < text.length() ? octet(text.charAt(i + 1), text.charAt(i + 2)) : -1;
                if (octet < 0) {
                    return Optional.empty();
                }
                out.append((char) octet);
                i += 2;
            } else if (isXchar(c)) {
                out.append(c);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(out.toString());
    }

    /**
     * Encodes.
     *
     * @param text characters up to U+00FF, each an octet
     * @throws IllegalArgumentException for a character beyond
     */
    public static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isXchar(c)) {
                out.append(c);
            } else if (c <= 0xff) {
                out.append('+').append(DIGITS.charAt(c >> 4)).append(DIGITS.charAt(c & 0xf));
            } else {
                throw new IllegalArgumentException("xtext is for octets, not for U+" + Integer.toHexString(c));
            }
        }
        return out.toString();
    }

    /** xchar: printable ASCII without space, plus and equals. */
    private static boolean isXchar(char c) {
        return c > ' ' && c < 0x7f && c != '+' && c != '=';
    }

    /** hexchar: upper case only. */
    private static int octet(char high, char low) {
        int first = DIGITS.indexOf(high);
        int second = DIGITS.indexOf(low);
        return first < 0 || second < 0 ? -1 : first << 4 | second;
    }
}
