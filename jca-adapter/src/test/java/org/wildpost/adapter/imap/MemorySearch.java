// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.search.SearchKey;

/** One message of {@link MemoryMail} as a search sees it; every message arrived and was sent on a day that is none before the one asked for. */
record MemorySearch(long uid, byte[] octets, Flags flags, long modSeq) {
    boolean matches(SearchKey key) {
        return switch (key) {
            case SearchKey.And(List<SearchKey> keys) -> keys.stream().allMatch(this::matches);
            case SearchKey.Or(SearchKey left, SearchKey right) -> matches(left) || matches(right);
            case SearchKey.Not(SearchKey not) -> !matches(not);
            case SearchKey.All() -> true;
            case SearchKey.Uids(long[] uids) -> Arrays.stream(uids).anyMatch(one -> one == uid);
            case SearchKey.HasFlag(SystemFlag flag) -> flags.has(flag);
            case SearchKey.HasKeyword(String keyword) -> flags.has(keyword);
            case SearchKey.Larger(long least) -> octets.length > least;
            case SearchKey.Smaller(long most) -> octets.length < most;
            case SearchKey.ModifiedSince(long since) -> modSeq >= since;
            case SearchKey.Arrived arrived -> arrived.when() != SearchKey.When.BEFORE;
            case SearchKey.Sent sent -> sent.when() != SearchKey.When.BEFORE;
            case SearchKey.Header(String field, String text) -> contains(field + ":") && contains(text);
            case SearchKey.Body(String text) -> contains(text);
            case SearchKey.Text(String text) -> contains(text);
        };
    }

    private boolean contains(String text) {
        return new String(octets, StandardCharsets.UTF_8)
                .toLowerCase(Locale.ROOT)
                .contains(text.toLowerCase(Locale.ROOT));
    }
}
