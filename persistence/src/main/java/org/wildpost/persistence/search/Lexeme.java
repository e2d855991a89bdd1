// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.search;

import org.wildpost.core.id.AccountId;

/** How a word stands in the index: its account in front, then where in the message it is. */
enum Lexeme {
    HEADER('h'),
    BODY('b');

    private final char place;

    Lexeme(char place) {
        this.place = place;
    }

    String of(AccountId account, String word) {
        return prefix(account) + word;
    }

    /** What all words of this place in an account begin with. */
    String prefix(AccountId account) {
        return Long.toString(account.value(), Character.MAX_RADIX) + '.' + place;
    }

    /** As it is asked for. Words are letters, digits and marks: nothing in them needs quoting. */
    String asked(AccountId account, String word) {
        return "'" + of(account, word) + "'";
    }
}
