// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/**
 * The name of a mailbox in Unicode, hierarchy levels separated by {@code /}; {@code INBOX} in capitals whatever the client wrote (RFC 9051 §5.1).
 * The modified UTF-7 of RFC 3501 §5.1.3 exists only on the wire. No empty level, no control character, at most {@value #MAX_LENGTH} characters.
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
        String first = value.split("/", 2)[0];
        if (first.equalsIgnoreCase("INBOX")) {
            value = "INBOX" + value.substring(first.length());
        }
        String problem = problem(value);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** Whether the text can name a mailbox. */
    public static boolean isValid(String text) {
        return problem(text) == null;
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
        boolean control = text.chars().anyMatch(c -> Character.isISOControl(c) || c == '%' || c == '*');
        return control ? "a mailbox name has no control characters and no wildcards" : null;
    }
}
