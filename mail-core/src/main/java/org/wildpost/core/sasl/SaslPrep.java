// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import java.text.Normalizer;
import java.util.Optional;

/**
 * Names and passwords as they are compared (RFC 4013, a profile of RFC 3454): what looks and is typed the same is the same. Two of its rules are left
 * out as in its successor for passwords (RFC 8265 §4.2): unassigned code points are allowed in stored strings, too, for Unicode grows each year, and
 * text from right to left may have digits at its end, for nobody looks at passwords.
 */
public final class SaslPrep {
    private SaslPrep() {}

    /** Whether two names are the same, as they are or prepared, without regard to case. */
    public static boolean sameName(String one, String other) {
        return one.equalsIgnoreCase(other)
                || prepare(one)
                        .flatMap(a -> prepare(other).filter(a::equalsIgnoreCase))
                        .isPresent();
    }

    /** The prepared text; empty when it has what no name and no password may have, or when nothing is left of it. */
    public static Optional<String> prepare(String text) {
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isSpace(c)) {
                mapped.append(' ');
            } else if (!isMappedToNothing(c)) {
                mapped.appendCodePoint(c);
            }
        });
        String prepared = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        boolean allowed = prepared.codePoints().noneMatch(SaslPrep::isProhibited);
        return allowed && !prepared.isEmpty() ? Optional.of(prepared) : Optional.empty();
    }

    /** RFC 4013 §2.1: spaces that are not ASCII (RFC 3454 C.1.2). */
    private static boolean isSpace(int c) {
        return c == 0xA0 || c == 0x1680 || in(c, 0x2000, 0x200B) || c == 0x202F || c == 0x205F || c == 0x3000;
    }

    /** RFC 4013 §2.1: what is not seen and means nothing (RFC 3454 B.1). */
    private static boolean isMappedToNothing(int c) {
        return c == 0xAD
                || c == 0x34F
                || c == 0x1806
                || in(c, 0x180B, 0x180D)
                || in(c, 0x200C, 0x200D)
                || c == 0x2060
                || in(c, 0xFE00, 0xFE0F)
                || c == 0xFEFF;
    }

    /** RFC 4013 §2.3. */
    private static boolean isProhibited(int c) {
        return isSpace(c) || isControl(c) || isReserved(c) || isNotPlainText(c) || isDeprecated(c);
    }

    /** RFC 3454 C.2. */
    private static boolean isControl(int c) {
        return Character.isISOControl(c)
                || c == 0x6DD
                || c == 0x70F
                || c == 0x180E
                || in(c, 0x200C, 0x200D)
                || in(c, 0x2028, 0x2029)
                || in(c, 0x2060, 0x2063)
                || in(c, 0x206A, 0x206F)
                || c == 0xFEFF
                || in(c, 0x1D173, 0x1D17A);
    }

    /** Private use, surrogates and what is no character (RFC 3454 C.3 to C.5). */
    private static boolean isReserved(int c) {
        int type = Character.getType(c);
        return type == Character.PRIVATE_USE
                || type == Character.SURROGATE
                || in(c, 0xFDD0, 0xFDEF)
                || (c & 0xFFFE) == 0xFFFE;
    }

    /** RFC 3454 C.6 and C.7. */
    private static boolean isNotPlainText(int c) {
        return in(c, 0xFFF9, 0xFFFD) || in(c, 0x2FF0, 0x2FFB);
    }

    /** What changes how others are shown, and tags (RFC 3454 C.8 and C.9). */
    private static boolean isDeprecated(int c) {
        return in(c, 0x340, 0x341)
                || in(c, 0x200E, 0x200F)
                || in(c, 0x202A, 0x202E)
                || c == 0xE0001
                || in(c, 0xE0020, 0xE007F);
    }

    private static boolean in(int c, int first, int last) {
        return c >= first && c <= last;
    }
}
