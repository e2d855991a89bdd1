// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.wildpost.core.collation.UnicodeCasemap;
import org.wildpost.core.summary.SummaryRow;
import org.wildpost.core.summary.SummaryText;

/**
 * Scores by where the words of a fuzzy key stand: the phrase in the subject before its words there, these before names and addresses, and all before
 * a text that only the body has (RFC 6203 §4 leaves it to the server). Reads no octets.
 */
public final class WordRanking implements Ranking {
    private static final int PHRASE = 100;
    private static final int WHOLE_WORDS = 90;
    private static final int WORDS = 70;
    private static final int ADDRESS = 55;
    private static final int ELSEWHERE = 20;

    private final SearchKey key;

    public WordRanking(SearchKey key) {
        this.key = key;
    }

    @Override
    public int score(SummaryRow row) {
        return score(key, row, false).orElse(MOST);
    }

    /** Whether there is anything fuzzy in a key. */
    public static boolean applies(SearchKey key) {
        return switch (key) {
            case SearchKey.Fuzzy ignored -> true;
            case SearchKey.And(List<SearchKey> keys) -> keys.stream().anyMatch(WordRanking::applies);
            case SearchKey.Or(SearchKey left, SearchKey right) -> applies(left) || applies(right);
            case SearchKey.Not(SearchKey inner) -> applies(inner);
            default -> false;
        };
    }

    private static OptionalInt score(SearchKey key, SummaryRow row, boolean fuzzy) {
        return switch (key) {
            case SearchKey.Fuzzy(SearchKey inner) -> score(inner, row, true);
            case SearchKey.And(List<SearchKey> keys) -> {
                var average = keys.stream()
                        .map(inner -> score(inner, row, fuzzy))
                        .flatMapToInt(OptionalInt::stream)
                        .average();
                yield average.isPresent()
                        ? OptionalInt.of((int) Math.round(average.getAsDouble()))
                        : OptionalInt.empty();
            }
            case SearchKey.Or(SearchKey left, SearchKey right) ->
                best(score(left, row, fuzzy), score(right, row, fuzzy));
            case SearchKey.InEnvelope(var field, String text)
            when fuzzy -> OptionalInt.of(within(row, SearchMatcher.summaryText(field), text));
            case SearchKey.Text(String text) when fuzzy -> OptionalInt.of(anywhere(row, text));
            case SearchKey.Body ignored when fuzzy -> OptionalInt.of(ELSEWHERE);
            default -> OptionalInt.empty();
        };
    }

    private static OptionalInt best(OptionalInt one, OptionalInt other) {
        return one.isEmpty() || other.isPresent() && other.getAsInt() > one.getAsInt() ? other : one;
    }

    private static int within(SummaryRow row, SummaryText field, String text) {
        String mapped = UnicodeCasemap.map(text);
        if (row.summary().contains(field, octets(mapped))) {
            return PHRASE;
        }
        List<String> have = words(row.summary().text(field));
        List<String> words = words(mapped);
        return have.containsAll(words) ? WHOLE_WORDS : hasAll(row, field, words) ? WORDS : ELSEWHERE;
    }

    private static int anywhere(SummaryRow row, String text) {
        int subject = within(row, SummaryText.SUBJECT, text);
        if (subject > ELSEWHERE) {
            return subject;
        }
        List<String> words = words(UnicodeCasemap.map(text));
        boolean named =
                !words.isEmpty() && (hasAll(row, SummaryText.FROM, words) || hasAll(row, SummaryText.TO, words));
        return named ? ADDRESS : ELSEWHERE;
    }

    private static boolean hasAll(SummaryRow row, SummaryText field, List<String> words) {
        return !words.isEmpty() && words.stream().allMatch(word -> row.summary().contains(field, octets(word)));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Runs of letters, digits and marks. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length() && isPart(text.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            }
        }
        return words;
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c)
                || Character.isSurrogate(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    }
}
