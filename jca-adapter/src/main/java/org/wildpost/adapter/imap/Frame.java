// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.List;
import java.util.Optional;

/**
 * One command as it came, or the rest of one behind a message: its lines joined, each literal a {@link #LITERAL} character in the text and its octets in the list.
 *
 * @param text     Latin-1, one character per octet
 * @param literals in the order of their marks
 * @param message  the announced message, or piece of one, of an APPEND or a REPLACE, not yet read
 */
record Frame(String text, List<byte[]> literals, Optional<MessageLiteral> message) {
    /** Stands for a literal; a NUL in a line is refused before. */
    static final char LITERAL = '\0';

    Frame {
        literals = List.copyOf(literals);
    }

    /**
     * A message that the client wants to send.
     *
     * @param size         octets
     * @param synchronised whether the client waits for our go-ahead (RFC 7888)
     * @param binary       a literal8, which may have any octets (RFC 3516 §4.4)
     */
    record MessageLiteral(long size, boolean synchronised, boolean binary) {}

    /** The tag, or {@code *} when there is none that could be answered. */
    String tag() {
        return tagOf(text);
    }

    static String tagOf(String text) {
        int end = 0;
        while (end < text.length() && Cursor.isTagChar(text.charAt(end))) {
            end++;
        }
        return end == 0 || end > 100 || end < text.length() && text.charAt(end) != ' ' ? "*" : text.substring(0, end);
    }
}
