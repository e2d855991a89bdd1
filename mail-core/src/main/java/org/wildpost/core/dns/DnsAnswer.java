// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.util.List;

/** What the domain name system said. "There is none" is an answer; a failure is not, and nobody may take it for "none". */
public sealed interface DnsAnswer<T> {
    /**
     * Records were found; aliases (CNAME) were followed.
     *
     * @param records never empty, in no order
     * @param secure  whether DNSSEC proved every step (RFC 4035 §4.3)
     * @param ttl     seconds that the answer may be kept
     */
    record Found<T>(List<T> records, boolean secure, long ttl) implements DnsAnswer<T> {
        public Found {
            records = List.copyOf(records);
            if (records.isEmpty()) {
                throw new IllegalArgumentException("nothing found is None");
            }
        }
    }

    /**
     * There is no such record (RFC 2308 §2).
     *
     * @param nameExists whether the name has other records (NODATA) or does not exist at all (NXDOMAIN)
     * @param secure     whether DNSSEC proved it
     */
    record None<T>(boolean nameExists, boolean secure) implements DnsAnswer<T> {}

    /**
     * Nobody knows: no answer in time, SERVFAIL, REFUSED, a broken answer, or one whose signatures do not prove it (bogus).
     *
     * @param reason for logs and records of attempts, one line
     */
    record Failed<T>(String reason) implements DnsAnswer<T> {}

    /** The records; none when there are none or nobody knows. Only where both mean the same to the caller. */
    default List<T> recordsOrNone() {
        return this instanceof Found<T> found ? found.records() : List.of();
    }
}
