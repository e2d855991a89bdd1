// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.collation;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The collation i;unicode-casemap (RFC 5051 §2): each character is replaced by its title case, the result is decomposed as far as possible, and what
 * comes of it is compared octet by octet in UTF-8. Equality, order and substring all work on what {@link #map} gives. Only the data of single
 * characters count: no special casing by context, no reordering of marks, no Hangul syllables taken apart. Safe for all threads.
 */
public final class UnicodeCasemap {
    private static final int PAGE = 256;
    private static final int FIRST_HANGUL = 0xAC00;
    private static final int LAST_HANGUL = 0xD7A3;

    /** What characters become, page by page as they are met; a page that two threads make at once is the same. */
    private static final AtomicReferenceArray<String @Nullable []> PAGES =
            new AtomicReferenceArray<>(Character.MAX_CODE_POINT / PAGE + 1);

    private UnicodeCasemap() {}

    /** The text in the form that is compared; a text that contains another still contains it in this form. */
    public static String map(String text) {
        int at = 0;
        while (at < text.length() && isItself(text.charAt(at))) {
            at++;
        }
        return at == text.length() ? text : mapped(text, at);
    }

    /** The form that is compared, as the octets whose order counts. */
    public static byte[] key(String text) {
        return map(text).getBytes(StandardCharsets.UTF_8);
    }

    /** The order of texts (RFC 5051 §2, i;octet over UTF-8). */
    public static int compare(String one, String other) {
        return Arrays.compareUnsigned(key(one), key(other));
    }

    private static boolean isItself(char c) {
        return c < 0x80 && (c < 'a' || c > 'z');
    }

    private static String mapped(String text, int clean) {
        StringBuilder out = new StringBuilder(text.length() + 8).append(text, 0, clean);
        int at = clean;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c < 0x80) {
                out.append(c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c);
                at++;
            } else {
                int character = text.codePointAt(at);
                out.append(page(character / PAGE)[character % PAGE]);
                at += Character.charCount(character);
            }
        }
        return out.toString();
    }

    private static String[] page(int number) {
        String[] known = PAGES.get(number);
        if (known != null) {
            return known;
        }
        String[] page = new String[PAGE];
        for (int i = 0; i < PAGE; i++) {
            page[i] = mapped(number * PAGE + i);
        }
        PAGES.set(number, page);
        return page;
    }

    private static String mapped(int character) {
        if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
            // Half of a pair has no UTF-8.
            return "\uFFFD";
        }
        int title = Character.toTitleCase(character);
        String text = Character.toString(title);
        boolean syllable = title >= FIRST_HANGUL && title <= LAST_HANGUL;
        return syllable ? text : Normalizer.normalize(text, Normalizer.Form.NFKD);
    }
}
