// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.wildpost.core.collation.UnicodeCasemap;

/**
 * The words of a text in any language, as the full-text index has them: runs of letters, digits and their marks in the form that i;unicode-casemap
 * compares (RFC 5051), so that a text that stands in another also stands in its words. Scripts that set no spaces between words are indexed by pairs
 * of neighbours, and the last of a run alone, so that every stretch of such a text is found. Stateless.
 */
public final class Words {
    /** Characters of a word that are indexed together; a longer one is indexed in windows of as many. */
    public static final int LONGEST = 64;

    /** Characters that neighbouring windows have in common: a stretch of as many lies within one of them, wherever it begins. */
    public static final int OVERLAP = LONGEST / 2;

    /** Scripts that are written without spaces, or whose words are joined. */
    private static final Set<UnicodeScript> PAIRED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.YI,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN);

    /** Where the first of those scripts begins, Thai. */
    private static final int FIRST_PAIRED = 0x0E00;

    /** KATAKANA-HIRAGANA PROLONGED SOUND MARK. */
    private static final int KANA_LENGTH = 0x30FC;

    private Words() {}

    /** Whether characters make words, and how these are indexed. */
    enum Kind {
        NONE,
        SPACED,
        PAIRED
    }

    /** Takes a run of characters of one kind. */
    @FunctionalInterface
    interface Run {
        void take(String run, Kind kind, int end);
    }

    /** Adds the words of a text. */
    static void collect(String text, WordSet words) {
        runs(UnicodeCasemap.map(text), (run, kind, _) -> {
            if (kind == Kind.PAIRED) {
                pairs(run).forEach(words::add);
            } else if (run.length() <= LONGEST) {
                words.add(run);
            } else {
                windows(run).forEach(words::add);
            }
        });
    }

    /** Whether an indexed word is of the scripts that are indexed by pairs; each stretch of these is found without knowing the words there are. */
    public static boolean isPaired(String word) {
        int first = word.codePointAt(0);
        return !isMark(first) && isPaired(first);
    }

    private static List<String> windows(String word) {
        int[] characters = word.codePoints().toArray();
        List<String> windows = new ArrayList<>();
        int start = 0;
        while (start + LONGEST < characters.length) {
            windows.add(new String(characters, start, LONGEST));
            start += LONGEST - OVERLAP;
        }
        windows.add(new String(characters, start, characters.length - start));
        return windows;
    }

    /** Each character with its follower, and the last alone. */
    static List<String> pairs(String run) {
        int[] characters = run.codePoints().toArray();
        List<String> pairs = new ArrayList<>(characters.length);
        for (int i = 0; i < characters.length - 1; i++) {
            pairs.add(new String(characters, i, 2));
        }
        pairs.add(new String(characters, characters.length - 1, 1));
        return pairs;
    }

    /** Hands over the words of a text that is already mapped. */
    static void runs(String text, Run taker) {
        int start = 0;
        Kind now = Kind.NONE;
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            Kind kind = kind(character, now);
            if (kind != now) {
                if (now != Kind.NONE) {
                    taker.take(text.substring(start, at), now, at);
                }
                start = at;
                now = kind;
            }
            at += Character.charCount(character);
        }
        if (now != Kind.NONE) {
            taker.take(text.substring(start), now, text.length());
        }
    }

    /** Marks belong to what stands before them. */
    private static Kind kind(int character, Kind before) {
        if (isMark(character)) {
            return before == Kind.NONE ? Kind.SPACED : before;
        }
        if (!Character.isLetterOrDigit(character)) {
            return Kind.NONE;
        }
        return isPaired(character) ? Kind.PAIRED : Kind.SPACED;
    }

    static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isPaired(int character) {
        if (character < FIRST_PAIRED) {
            return false;
        }
        // Marks of length belong to more than one script, and so to none.
        return character == KANA_LENGTH || PAIRED.contains(UnicodeScript.of(character));
    }
}
