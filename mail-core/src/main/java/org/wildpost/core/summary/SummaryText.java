// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.summary;

/** The texts of a {@link MessageSummary}, in the order in which it keeps them. All are casemapped (RFC 5051) and decoded (RFC 5255 §4.6). */
public enum SummaryText {
    /** The base subject (RFC 5256 §2.1), empty without a subject. */
    BASE_SUBJECT,
    SUBJECT,
    /** The addresses as ENVELOPE shows them, each {@code name <local@domain>}. */
    FROM,
    TO,
    CC,
    BCC,
    /** The local part of the first address (RFC 5256 §3 SORT). */
    FROM_LOCAL,
    TO_LOCAL,
    CC_LOCAL,
    /** The name of the first address, or the address (RFC 5957 §3). */
    FROM_NAME,
    TO_NAME
}
