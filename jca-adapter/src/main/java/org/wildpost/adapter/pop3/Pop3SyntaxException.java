// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

/** A line breaks the grammar of its command; the message may be shown to the client. */
final class Pop3SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /**
     * @param message what is wrong, ASCII, without anything the client sent
     * @param offset  where, in characters from the start of the line
     */
    Pop3SyntaxException(String message, int offset) {
        super(message);
        this.offset = offset;
    }

    int offset() {
        return offset;
    }
}
