// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import java.util.Arrays;
import java.util.Optional;

/** How passwords that are set from now on are kept; those that are there are verified as they were written. */
public enum NewPasswords {
    /** RFC 9106. */
    ARGON2ID("argon2id"),
    /** As crypt(3), Dovecot and poste.io read it, for those who share the hashes with them. */
    SHA512_CRYPT("sha512-crypt");

    private final String word;

    NewPasswords(String word) {
        this.word = word;
    }

    /** The word by which an operator chooses it. */
    public String word() {
        return word;
    }

    static Optional<NewPasswords> of(String word) {
        return Arrays.stream(values()).filter(known -> known.word.equals(word)).findFirst();
    }
}
