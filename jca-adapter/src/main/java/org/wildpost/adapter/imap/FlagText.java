// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/** Flags as IMAP writes them (RFC 9051 §7.5.2, RFC 3501 §2.3.2 for \Recent). */
final class FlagText {
    private static final byte[][] SYSTEM = systemFlags();

    private FlagText() {}

    private static byte[][] systemFlags() {
        int masks = 1 << SystemFlag.values().length;
        byte[][] octets = new byte[2 * masks][];
        for (int mask = 0; mask < masks; mask++) {
            for (boolean recent : new boolean[] {false, true}) {
                String list = "(" + String.join(" ", words(new Flags(mask, List.of()), recent)) + ")";
                octets[2 * mask + (recent ? 1 : 0)] = list.getBytes(StandardCharsets.US_ASCII);
            }
        }
        return octets;
    }

    /** System flags alone, with parentheses; made once. */
    static byte[] octets(int systemFlags, boolean recent) {
        return SYSTEM[2 * (systemFlags & SYSTEM.length / 2 - 1) + (recent ? 1 : 0)];
    }

    static List<String> words(Flags flags, boolean recent) {
        List<String> words = new ArrayList<>();
        for (SystemFlag flag : SystemFlag.values()) {
            if (flags.has(flag)) {
                words.add(flag.text());
            }
        }
        words.addAll(flags.keywords());
        if (recent) {
            words.add("\\Recent");
        }
        return words;
    }

    /** All system flags and these keywords. */
    static List<String> all(Iterable<String> keywords) {
        List<String> words = new ArrayList<>();
        for (SystemFlag flag : SystemFlag.values()) {
            words.add(flag.text());
        }
        keywords.forEach(words::add);
        return words;
    }
}
