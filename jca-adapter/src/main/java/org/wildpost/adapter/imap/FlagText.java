// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.List;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/** Flags as IMAP writes them (RFC 9051 §7.5.2, RFC 3501 §2.3.2 for \Recent). */
final class FlagText {
    private FlagText() {}

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
