// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.summary;

/** The texts of a {@link MessageSummary}, in the order in which it keeps them. All are casemapped (RFC 5051) and decoded (RFC 5255 §4.6). */
public enum SummaryText {
    /** The base subject (RFC 5256 §2.1), empty without a subject. */
    BASE_SUBJECT(0),
    SUBJECT(1),
    /** The addresses as ENVELOPE shows them, each {@code name <local@domain>}. */
    FROM(2),
    TO(3),
    CC(4),
    BCC(5),
    /** The local part of the first address (RFC 5256 §3 SORT). */
    FROM_LOCAL(6),
    TO_LOCAL(7),
    CC_LOCAL(8),
    /** The name of the first address, or the address (RFC 5957 §3). */
    FROM_NAME(9),
    TO_NAME(10);

    private final int position;

    SummaryText(int position) {
        this.position = position;
    }

    /** How many others are packed before it. */
    int position() {
        return position;
    }
}
