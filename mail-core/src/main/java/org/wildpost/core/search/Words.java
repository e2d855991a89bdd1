// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text in any language, as the full-text index has them: without regard to case and to forms of compatibility (NFKC). A word is a
 * run of letters, digits and their marks. Scripts that set no spaces between words are indexed by pairs of neighbours, and the last of a run
 * alone, so that every stretch of such a text is found. Stateless.
 */
public final class Words {
    /** Characters of a word that count; the rest of a longer one is neither indexed nor looked for. */
    public static final int LONGEST = 64;

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

    /**
     * A word that must be there.
     *
     * @param prefix whether it may be the beginning of a longer one
     */
    public record Term(String word, boolean prefix) {}

    /**
     * What a text looks for.
     *
     * @param terms   all must be there; none when the text has no word at all
     * @param decides whether every text with these words has what was looked for; else it must be looked at
     */
    public record Query(List<Term> terms, boolean decides) {
        public Query {
            terms = List.copyOf(terms);
        }
    }

    private enum Kind {
        NONE,
        SPACED,
        PAIRED
    }

    /** Takes a run of characters of one kind. */
    @FunctionalInterface
    private interface Run {
        void take(String run, Kind kind, int end);
    }

    /** Adds the words of a text to those that are known, up to a number of them. */
    public static void collect(String text, int most, Set<String> words) {
        runs(folded(text), (run, kind, _) -> {
            if (words.size() < most) {
                if (kind == Kind.SPACED) {
                    words.add(cut(run));
                } else {
                    words.addAll(pairs(run));
                }
            }
        });
    }

    /** What must be there for a text to be found: it is taken to begin where a word does, and may end within one. */
    public static Query query(String text) {
        String folded = folded(text);
        Set<Term> terms = new LinkedHashSet<>();
        List<String> runs = new ArrayList<>();
        runs(folded, (run, kind, end) -> {
            runs.add(run);
            if (kind == Kind.SPACED) {
                terms.add(new Term(cut(run), end == folded.length()));
                return;
            }
            List<String> pairs = pairs(run);
            boolean single = pairs.size() == 1;
            pairs.subList(0, Math.max(1, pairs.size() - 1)).forEach(pair -> terms.add(new Term(pair, single)));
        });
        boolean whole = terms.size() == 1 && runs.equals(List.of(folded)) && folded.length() <= LONGEST;
        return new Query(List.copyOf(terms), whole);
    }

    private static List<String> pairs(String run) {
        int[] characters = run.codePoints().toArray();
        List<String> pairs = new ArrayList<>(characters.length);
        for (int i = 0; i < characters.length - 1; i++) {
            pairs.add(new String(characters, i, 2));
        }
        pairs.add(new String(characters, characters.length - 1, 1));
        return pairs;
    }

    private static String cut(String word) {
        if (word.length() <= LONGEST) {
            return word;
        }
        return word.substring(0, Character.isHighSurrogate(word.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    private static void runs(String text, Run taker) {
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
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK) {
            return before == Kind.NONE ? Kind.SPACED : before;
        }
        if (!Character.isLetterOrDigit(character)) {
            return Kind.NONE;
        }
        return isPaired(character) ? Kind.PAIRED : Kind.SPACED;
    }

    private static boolean isPaired(int character) {
        if (character < FIRST_PAIRED) {
            return false;
        }
        // Marks of length belong to more than one script, and so to none.
        return character == KANA_LENGTH || PAIRED.contains(UnicodeScript.of(character));
    }

    /** As it is compared. */
    static String folded(String text) {
        String plain = Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFKC);
        return plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
