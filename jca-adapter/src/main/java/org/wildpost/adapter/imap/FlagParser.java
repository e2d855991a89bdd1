// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.List;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/** Flags as a client sets them (RFC 9051 §2.3.2, §9 flag-list). */
final class FlagParser {
    /** Keywords in one command. */
    static final int MAX_KEYWORDS = 100;

    /** Characters of a keyword. */
    static final int MAX_KEYWORD_LENGTH = 100;

    private final Cursor in;
    private int system;
    private final List<String> keywords = new ArrayList<>();

    FlagParser(Cursor in) {
        this.in = in;
    }

    /** flag-list = "(" [flag *(SP flag)] ")". */
    Flags list() throws ImapParseException {
        in.expect('(');
        while (!in.accept(')')) {
            flag();
            if (in.peek() != ')') {
                in.space();
            }
        }
        return new Flags(system, keywords);
    }

    /** flag *(SP flag), up to the end of the command. */
    Flags bare() throws ImapParseException {
        do {
            flag();
        } while (in.accept(' ') && in.peek() != Cursor.END);
        return new Flags(system, keywords);
    }

    private void flag() throws ImapParseException {
        if (!in.accept('\\')) {
            keywords.add(keyword(in));
            if (keywords.size() > MAX_KEYWORDS) {
                throw in.error("more than " + MAX_KEYWORDS + " keywords");
            }
            return;
        }
        String word = "\\" + in.atom();
        for (SystemFlag flag : SystemFlag.values()) {
            if (flag.text().equalsIgnoreCase(word)) {
                system |= flag.bit();
                return;
            }
        }
        throw in.error("this system flag cannot be set");
    }

    /** flag-keyword = atom. */
    static String keyword(Cursor in) throws ImapParseException {
        String keyword = in.atom();
        if (keyword.length() > MAX_KEYWORD_LENGTH) {
            throw in.error("a keyword has at most " + MAX_KEYWORD_LENGTH + " characters");
        }
        return keyword;
    }
}
