// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.text.Normalizer;

/**
 * The name of a mailbox in Net-Unicode (RFC 5198 §2): composed (NFC), whatever form the client wrote, so that names that read the same are the
 * same. Hierarchy levels are separated by {@code /}; {@code INBOX} stands in capitals (RFC 9051 §5.1). The modified UTF-7 of RFC 3501 §5.1.3 exists
 * only on the wire. No empty level, no control character and no line separator, at most {@value #MAX_LENGTH} characters.
 */
public record MailboxName(String value) implements Comparable<MailboxName> {
    /** The hierarchy separator. */
    public static final char SEPARATOR = '/';

    /** Characters of the whole name. */
    public static final int MAX_LENGTH = 250;

    /** Levels of hierarchy. */
    public static final int MAX_DEPTH = 32;

    /** Every account's first mailbox. */
    public static final MailboxName INBOX = new MailboxName("INBOX");

    public MailboxName {
        value = composed(value);
        if (beginsWithInbox(value)) {
            value = "INBOX" + value.substring("INBOX".length());
        }
        String problem = problem(value);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** Whether the text can name a mailbox. */
    public static boolean isValid(String text) {
        return problem(composed(text)) == null;
    }

    /** The text in the form that names and patterns are compared in (RFC 5198 §3: NFC). */
    public static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** Only the letters of ASCII have two cases here: a dotless i is another letter (RFC 9051 §5.1). */
    private static boolean beginsWithInbox(String text) {
        int end = text.indexOf(SEPARATOR);
        String first = end < 0 ? text : text.substring(0, end);
        return first.chars().allMatch(c -> c < 0x80) && first.equalsIgnoreCase("INBOX");
    }

    @Override
    public int compareTo(MailboxName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static @org.jspecify.annotations.Nullable String problem(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return "a mailbox name has 1 to " + MAX_LENGTH + " characters";
        }
        String[] levels = text.split("/", -1);
        if (levels.length > MAX_DEPTH) {
            return "a mailbox name has at most " + MAX_DEPTH + " levels";
        }
        for (String level : levels) {
            if (level.isBlank()) {
                return "a level of a mailbox name is empty";
            }
        }
        return text.codePoints().anyMatch(MailboxName::isForbidden)
                ? "a mailbox name has no control characters, line ends and wildcards"
                : null;
    }

    /** RFC 6855 §3: neither C0, DEL and C1 nor the separators of lines and paragraphs; half a surrogate pair is no character. */
    private static boolean isForbidden(int c) {
        return Character.isISOControl(c)
                || c == '%'
                || c == '*'
                || c == 0x2028
                || c == 0x2029
                || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
