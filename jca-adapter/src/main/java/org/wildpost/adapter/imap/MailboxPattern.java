// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Optional;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.listener.imap.MailboxName;

/**
 * A pattern of LIST (RFC 9051 §6.3.9): {@code *} stands for anything, {@code %} for anything within one level. INBOX matches in whatever case, and so
 * does the address of whose another's mailbox is ({@link SharedName#canonical}).
 * Time is bounded by the product of the lengths.
 */
record MailboxPattern(String pattern) {
    private static final int INBOX_LENGTH = 5;

    /** From the wire, in UTF-8 for who asked for that; empty when no name can match. */
    static Optional<MailboxPattern> of(String reference, String pattern, boolean utf8) {
        String wire = reference + pattern;
        return (utf8 ? Cursor.strictUtf8(wire) : ModifiedUtf7.decode(wire))
                .map(MailboxName::composed)
                .filter(p -> p.length() <= 2 * MailboxName.MAX_LENGTH)
                .map(MailboxPattern::new);
    }

    boolean matches(String name) {
        int wild = 0;
        while (wild < pattern.length() && pattern.charAt(wild) != '*' && pattern.charAt(wild) != '%') {
            wild++;
        }
        if (name.regionMatches(0, pattern, 0, wild)) {
            // The patterns that clients send: a name, or all of a level or of a tree.
            if (wild == pattern.length()) {
                return name.length() == wild;
            }
            if (wild == pattern.length() - 1) {
                return pattern.charAt(wild) == '*' || name.indexOf(MailboxName.SEPARATOR, wild) < 0;
            }
        }
        return matchesSlowly(name);
    }

    private boolean matchesSlowly(String name) {
        int owner = name.startsWith(SharedName.PREFIX) ? SharedName.PREFIX.length() : 0;
        int ownerEnd = owner == 0 ? 0 : levelEnd(name, owner);
        int inbox = owner == 0 ? 0 : ownerEnd + 1;
        int inboxEnd = levelEnd(name, inbox);
        boolean isInbox = inboxEnd - inbox == INBOX_LENGTH && name.startsWith("INBOX", inbox);
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (int p = 0; p < pattern.length(); p++) {
            char c = pattern.charAt(p);
            boolean[] next = new boolean[reached.length];
            for (int n = 0; n < reached.length; n++) {
                if (c == '*' || c == '%') {
                    boolean carried = n > 0 && next[n - 1] && (c == '*' || name.charAt(n - 1) != MailboxName.SEPARATOR);
                    next[n] = reached[n] || carried;
                } else if (n > 0 && reached[n - 1]) {
                    boolean inOwner = n > owner && n <= ownerEnd;
                    boolean anyCase = isInbox && n > inbox && n <= inboxEnd;
                    char there = name.charAt(n - 1);
                    next[n] = inOwner ? Character.toLowerCase(c) == there : same(c, there, anyCase);
                }
            }
            reached = next;
        }
        return reached[name.length()];
    }

    /** Where the level that begins here ends. */
    private static int levelEnd(String name, int from) {
        int end = name.indexOf(MailboxName.SEPARATOR, from);
        return end < 0 ? name.length() : end;
    }

    private static boolean same(char a, char b, boolean anyCase) {
        return a == b || anyCase && a >= 'a' && a <= 'z' && a - 'a' + 'A' == b;
    }
}
