// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.util.List;

/** A line breaks the grammar of its command; the message may be shown to the client. */
final class Pop3SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Phrase phrase;
    private final int offset;

    /**
     * @param phrase what is wrong
     * @param offset where, in characters from the start of the line
     */
    Pop3SyntaxException(Phrase phrase, int offset) {
        super(phrase.in(Pop3Language.DEFAULT, List.of()));
        this.phrase = phrase;
        this.offset = offset;
    }

    Phrase phrase() {
        return phrase;
    }

    int offset() {
        return offset;
    }
}
