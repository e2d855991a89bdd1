// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

/** Encodes the values of ENVID and ORCPT. */
final class Xtext {
    private Xtext() {}

    /** xtext (RFC 3461 §4); for ASCII only. */
    static String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (c < '!' || c > '~' || c == '+' || c == '=') {
                out.append(String.format("+%02X", c));
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }

    /**
     * utf-8-addr-unitext or utf-8-addr-xtext (RFC 6533 §3).
     *
     * @param unitext whether SMTPUTF8 is spoken, so that characters beyond ASCII stand for themselves
     */
    static String utf8(String text, boolean unitext) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean plain = c > '~' + 1 ? unitext : c >= '!' && c <= '~' && c != '+' && c != '=' && c != '\\';
            if (plain) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format("\\x{%02X}", c));
            }
        });
        return out.toString();
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
