// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.wildpost.core.acl.FlagRights;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/** Flags as IMAP writes them (RFC 9051 §7.5.2, RFC 3501 §2.3.2 for \Recent). */
final class FlagText {
    /** Keywords with one meaning everywhere (RFC 9051 §2.3.2). */
    private static final List<String> KNOWN = List.of("$Forwarded", "$MDNSent", "$Junk", "$NonJunk", "$Phishing");

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

    /** Those among {@link #all} that may be changed, and whether there may be others (RFC 9051 §7.1, RFC 4314 §5.1.1). */
    static List<String> permanent(Iterable<String> keywords, Rights rights) {
        if (!rights.has(Right.WRITE)) {
            return words(new Flags(FlagRights.systemMask(rights), List.of()), false);
        }
        List<String> words = all(keywords);
        for (SystemFlag flag : SystemFlag.values()) {
            if (!rights.has(FlagRights.needed(flag))) {
                words.remove(flag.text());
            }
        }
        words.add("\\*");
        return words;
    }

    /** All system flags, the keywords that everybody knows, and these. */
    static List<String> all(Iterable<String> keywords) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<String> words = new ArrayList<>();
        for (SystemFlag flag : SystemFlag.values()) {
            words.add(flag.text());
        }
        for (String keyword : KNOWN) {
            names.add(keyword);
            words.add(keyword);
        }
        for (String keyword : keywords) {
            if (names.add(keyword)) {
                words.add(keyword);
            }
        }
        return words;
    }
}
