// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.message;

import java.util.List;
import java.util.TreeSet;

/**
 * A message's flags: the system flags as a mask and the keywords in order, each once whatever its case. Immutable.
 *
 * @param system   the bits of {@link SystemFlag}
 * @param keywords keywords such as {@code $Forwarded}, ordered and distinct without regard to case (RFC 9051 §2.3.2)
 */
public record Flags(int system, List<String> keywords) {
    /** No flag at all. */
    public static final Flags NONE = new Flags(0, List.of());

    public Flags {
        if (keywords.isEmpty()) {
            keywords = List.of();
        } else {
            TreeSet<String> distinct = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            distinct.addAll(keywords);
            keywords = List.copyOf(distinct);
        }
    }

    public static Flags of(SystemFlag... flags) {
        int mask = 0;
        for (SystemFlag flag : flags) {
            mask |= flag.bit();
        }
        return new Flags(mask, List.of());
    }

    public boolean has(SystemFlag flag) {
        return (system & flag.bit()) != 0;
    }

    /** Whether the keyword is set, in whatever case. */
    public boolean has(String keyword) {
        return keywords.stream().anyMatch(keyword::equalsIgnoreCase);
    }
}
