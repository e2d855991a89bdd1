// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

import java.util.Locale;
import java.util.regex.Pattern;
import org.wildpost.core.mime.EncodedWords;

/** What a subject is about, without the marks of replies and forwards (RFC 5256 §2.1). */
public final class BaseSubject {
    /** Characters that are looked at: no subject says more. */
    private static final int MAX_LENGTH = 1_000;

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern TRAILER = Pattern.compile("(?:\\s|\\(fwd\\))+$");
    private static final Pattern BLOB = Pattern.compile("^\\[[^\\[\\]]*\\]\\s*");
    private static final Pattern LEADER =
            Pattern.compile("^(?:\\[[^\\[\\]]*\\]\\s*)*(?:re|fwd?)\\s*(?:\\[[^\\[\\]]*\\]\\s*)?:\\s*");
    private static final String FORWARDED = "[fwd:";

    private BaseSubject() {}

    /** The base subject in lower case, empty when nothing is left; encoded words are decoded first. */
    public static String of(String subject) {
        String text = EncodedWords.decode(subject);
        text = text.substring(0, Math.min(text.length(), MAX_LENGTH));
        text = BLANKS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
        String before;
        do {
            before = text;
            text = withoutLeaders(TRAILER.matcher(text).replaceFirst(""));
            if (text.startsWith(FORWARDED) && text.endsWith("]")) {
                text = text.substring(FORWARDED.length(), text.length() - 1).strip();
            }
        } while (!text.equals(before));
        return text;
    }

    private static String withoutLeaders(String subject) {
        String text = subject;
        String before;
        do {
            before = text;
            text = LEADER.matcher(text).replaceFirst("");
            String rest = BLOB.matcher(text).replaceFirst("");
            // The name of a list alone is the subject (RFC 5256 §2.1 step 4).
            text = rest.isEmpty() ? text : rest;
        } while (!text.equals(before));
        return text;
    }
}
