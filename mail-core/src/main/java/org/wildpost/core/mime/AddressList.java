// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an address field for ENVELOPE (RFC 5322 §3.4, the obsolete forms of §4.4, RFC 9051 §7.5.2): display names stay raw, groups become a start and an end,
 * a comment serves as the name where there is no other. What cannot be read is passed over.
 */
final class AddressList {
    /** Addresses of one field that are kept. */
    static final int MAX_ADDRESSES = 2_000;

    private final String text;
    private int at;
    private final List<Mailbox> found = new ArrayList<>();
    private boolean inGroup;

    private final StringBuilder words = new StringBuilder();
    /** The words without the blanks that no quotes protect: an address may have some around its dots (RFC 5322 §4.4). */
    private final StringBuilder unspaced = new StringBuilder();

    private @Nullable String comment;
    private @Nullable String angle;

    private AddressList(String text) {
        this.text = text;
    }

    static List<Mailbox> parse(String text) {
        return new AddressList(text).list();
    }

    private List<Mailbox> list() {
        while (at < text.length() && found.size() < MAX_ADDRESSES) {
            char c = text.charAt(at);
            switch (c) {
                case ',' -> endOfAddress();
                case ';' -> endOfGroup();
                case ':' -> startOfGroup();
                case '<' -> angle = untilClosed();
                case '(' -> comment = commentText();
                case '"' -> quotedString();
                default -> {
                    words.append(c);
                    if (!Character.isWhitespace(c)) {
                        unspaced.append(c);
                    }
                    at++;
                }
            }
        }
        endOfAddress();
        if (inGroup) {
            found.add(new Mailbox(null, null, null));
        }
        return found;
    }

    private void startOfGroup() {
        at++;
        if (inGroup || words.toString().isBlank()) {
            return;
        }
        found.add(new Mailbox(null, words.toString().strip(), null));
        inGroup = true;
        clear();
    }

    private void endOfGroup() {
        endOfAddress();
        if (inGroup) {
            found.add(new Mailbox(null, null, null));
            inGroup = false;
        }
    }

    private void endOfAddress() {
        at++;
        String written = words.toString().strip();
        if (angle != null) {
            String name = written.isEmpty() ? comment : written;
            add(
                    name == null || name.isEmpty() ? null : name.replaceAll("\\s+", " "),
                    withoutRoute(angle),
                    route(angle));
        } else if (!written.isEmpty()) {
            add(comment == null || comment.isEmpty() ? null : comment, unspaced.toString(), null);
        }
        clear();
    }

    private void add(@Nullable String name, String address, @Nullable String route) {
        int sign = address.lastIndexOf('@');
        if (address.isEmpty() && name == null) {
            return;
        }
        // A null host would make a group of it.
        found.add(
                sign < 0
                        ? new Mailbox(name, address, "", route)
                        : new Mailbox(name, address.substring(0, sign), address.substring(sign + 1), route));
    }

    private void clear() {
        words.setLength(0);
        unspaced.setLength(0);
        comment = null;
        angle = null;
    }

    /** RFC 5322 §4.4: {@code <@one,@two:local@domain>}. */
    private static @Nullable String route(String address) {
        int colon = address.startsWith("@") ? address.indexOf(':') : -1;
        return colon < 0 ? null : address.substring(0, colon).strip();
    }

    private static String withoutRoute(String address) {
        int colon = address.startsWith("@") ? address.indexOf(':') : -1;
        return address.substring(colon + 1).strip();
    }

    private String untilClosed() {
        at++;
        StringBuilder inside = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '>') {
            char c = text.charAt(at);
            if (c == '"') {
                int start = at;
                at = endOfQuoted(at);
                inside.append(unquoted(text.substring(start + 1, Math.max(start + 1, at - 1))));
            } else if (c == '(') {
                comment = commentText();
            } else {
                if (!Character.isWhitespace(c)) {
                    inside.append(c);
                }
                at++;
            }
        }
        at++;
        return inside.toString();
    }

    private void quotedString() {
        int start = at;
        at = endOfQuoted(at);
        int end = at > start + 1 && text.charAt(at - 1) == '"' ? at - 1 : at;
        String plain = unquoted(text.substring(start + 1, end));
        words.append(plain);
        unspaced.append(plain);
    }

    private int endOfQuoted(int start) {
        int end = start + 1;
        while (end < text.length() && text.charAt(end) != '"') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, text.length());
    }

    private static String unquoted(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                i++;
            }
            plain.append(text.charAt(i));
        }
        return plain.toString();
    }

    private String commentText() {
        int depth = 0;
        StringBuilder inside = new StringBuilder();
        do {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                inside.append(text.charAt(at++));
                continue;
            }
            if (c == '(') {
                depth++;
                if (depth == 1) {
                    continue;
                }
            } else if (c == ')') {
                depth--;
                if (depth == 0) {
                    break;
                }
            }
            inside.append(c);
        } while (at < text.length());
        return inside.toString().strip();
    }
}
