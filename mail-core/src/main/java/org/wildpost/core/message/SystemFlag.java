// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.message;

/** The flags with a fixed meaning (RFC 9051 §2.3.2), with their bit in the stored mask. {@code \Recent} is not stored: it is a view. */
public enum SystemFlag {
    SEEN(1, "\\Seen"),
    ANSWERED(2, "\\Answered"),
    FLAGGED(4, "\\Flagged"),
    DELETED(8, "\\Deleted"),
    DRAFT(16, "\\Draft");

    private final int bit;
    private final String text;

    SystemFlag(int bit, String text) {
        this.bit = bit;
        this.text = text;
    }

    /** The bit of this flag in a stored mask; never changed, for rows carry it. */
    public int bit() {
        return bit;
    }

    /** The flag as IMAP writes it. */
    public String text() {
        return text;
    }
}
