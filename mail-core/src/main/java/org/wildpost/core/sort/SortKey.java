// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sort;

/** What messages are sorted by (RFC 5256 §3 SORT, RFC 5957 §4, RFC 6203 §6). */
public enum SortKey {
    /** The internal date, to the second. */
    ARRIVAL,
    /** The local part of the first Cc address. */
    CC,
    /** The sent date in UTC (RFC 5256 §2.2). */
    DATE,
    /** The name of the first From address, or the address. */
    DISPLAYFROM,
    /** The name of the first To address, or the address. */
    DISPLAYTO,
    /** The local part of the first From address. */
    FROM,
    /** The best match of a fuzzy search first. */
    RELEVANCY,
    SIZE,
    /** The base subject. */
    SUBJECT,
    /** The local part of the first To address. */
    TO
}
