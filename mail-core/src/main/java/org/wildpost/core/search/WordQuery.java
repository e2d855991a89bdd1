// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.wildpost.core.collation.UnicodeCasemap;

/**
 * What must be among the words of every text in which another one stands. The first word of that may be the end of a longer one, the last the
 * beginning of one, and the only one may stand within one.
 *
 * @param terms   all must be there; at most one of them {@link Match#ENDS} or {@link Match#WITHIN}; none when the text has no word at all
 * @param decides whether every text with these words has what is looked for; else it must be looked at
 */
public record WordQuery(List<Term> terms, boolean decides) {
    public WordQuery {
        terms = List.copyOf(terms);
    }

    /** How a word is like one that is indexed. */
    public enum Match {
        /** It is that word. */
        IS,
        /** That begins with it. */
        BEGINS,
        /** That ends with it. */
        ENDS,
        /** It stands in that, wherever. */
        WITHIN;

        /** Whether the words that there are must be known to find those that match. */
        public boolean asksForVocabulary() {
            return this == ENDS || this == WITHIN;
        }
    }

    /** A word that must be there, mapped as the indexed ones are. */
    public record Term(String word, Match match) {}

    /** What a text looks for. */
    public static WordQuery of(String text) {
        return ofMapped(UnicodeCasemap.map(text));
    }

    /** What a text looks for when its words may stand anywhere (RFC 6203 §3); all must be there. */
    public static List<WordQuery> fuzzy(String text) {
        return SearchMatcher.wanted(text, true).stream()
                .map(WordQuery::ofMapped)
                .toList();
    }

    private static WordQuery ofMapped(String mapped) {
        int start = 0;
        while (start < mapped.length() && Words.isMark(mapped.codePointAt(start))) {
            // What such a mark belongs to is not known.
            start += Character.charCount(mapped.codePointAt(start));
        }
        String text = mapped.substring(start);
        Set<Term> terms = new LinkedHashSet<>();
        List<String> runs = new ArrayList<>();
        Words.runs(text, (run, kind, end) -> {
            boolean first = end == run.length();
            boolean last = end == text.length();
            runs.add(run);
            if (kind == Words.Kind.PAIRED) {
                paired(run, last, terms);
            } else {
                terms.add(spaced(run, first, last));
            }
        });
        boolean decides = runs.equals(List.of(mapped)) && decides(mapped);
        return new WordQuery(List.copyOf(terms), decides);
    }

    /** Whether a text that is one run is found wherever its only term is: it fits a window, or is no more than a pair. */
    private static boolean decides(String run) {
        int most = Words.isPaired(run) ? 2 : Words.OVERLAP;
        return run.codePointCount(0, run.length()) <= most;
    }

    private static void paired(String run, boolean last, Set<Term> terms) {
        List<String> pairs = Words.pairs(run);
        if (pairs.size() == 1) {
            terms.add(new Term(run, last ? Match.BEGINS : Match.IS));
        } else {
            // The last character alone is indexed only where the run ends.
            pairs.subList(0, pairs.size() - 1).forEach(pair -> terms.add(new Term(pair, Match.IS)));
        }
    }

    /** As much of a word as lies in one window of a longer one. */
    private static Term spaced(String run, boolean first, boolean last) {
        int[] characters = run.codePoints().toArray();
        if (first) {
            int length = Math.min(characters.length, Words.OVERLAP);
            return last
                    ? new Term(new String(characters, 0, length), Match.WITHIN)
                    : new Term(new String(characters, characters.length - length, length), Match.ENDS);
        }
        int length = Math.min(characters.length, Words.LONGEST);
        return new Term(new String(characters, 0, length), last ? Match.BEGINS : Match.IS);
    }
}
