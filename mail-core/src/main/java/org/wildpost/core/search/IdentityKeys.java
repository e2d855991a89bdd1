// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import java.util.List;
import java.util.function.Function;

/**
 * Keys that ask what a message is beyond its mailbox (RFC 8474 §5.3, RFC 8514 §4.3). Summaries do not know that: such keys are answered
 * elsewhere and become the UIDs that they mean. Stateless.
 */
public final class IdentityKeys {
    private IdentityKeys() {}

    /** @param find the UIDs that match one such key, ascending */
    public static SearchKey answered(SearchKey key, Function<SearchKey, long[]> find) {
        return switch (key) {
            case SearchKey.And(List<SearchKey> keys) ->
                new SearchKey.And(
                        keys.stream().map(inner -> answered(inner, find)).toList());
            case SearchKey.Or(SearchKey left, SearchKey right) ->
                new SearchKey.Or(answered(left, find), answered(right, find));
            case SearchKey.Not(SearchKey inner) -> new SearchKey.Not(answered(inner, find));
            case SearchKey.Fuzzy(SearchKey inner) -> new SearchKey.Fuzzy(answered(inner, find));
            case SearchKey.Saved saved -> new SearchKey.Uids(find.apply(saved));
            case SearchKey.SameEmail same -> new SearchKey.Uids(find.apply(same));
            case SearchKey.InThread in -> new SearchKey.Uids(find.apply(in));
            default -> key;
        };
    }
}
