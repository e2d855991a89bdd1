// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Writes text as encoded words (RFC 2047 §2): the other direction of {@link EncodedWords}. */
public final class EncodedText {
    /** Octets of text in one word: with its marks no word is longer than 75 characters. */
    private static final int WORD_OCTETS = 45;

    private EncodedText() {}

    /** The text in ASCII, in as many words as it needs with a space between them; text that is ASCII as it is. */
    public static String of(String text) {
        return isAscii(text) ? text : String.join(" ", words(text));
    }

    /** The same over several lines of a header, none too long (RFC 2047 §2, RFC 5322 §2.2.3). */
    public static String folded(String text) {
        return isAscii(text) ? text : String.join("\r\n ", words(text));
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** No character is cut in two. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int octets = 0;
        for (int c : text.codePoints().toArray()) {
            int length = Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (octets + length > WORD_OCTETS) {
                words.add(word(word.toString()));
                word.setLength(0);
                octets = 0;
            }
            word.appendCodePoint(c);
            octets += length;
        }
        words.add(word(word.toString()));
        return words;
    }

    private static String word(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(octets) + "?=";
    }
}
