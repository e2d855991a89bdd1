// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.sending;

import java.time.Instant;
import java.util.Optional;

/**
 * How an account may send.
 *
 * @param domainId   the row of its domain
 * @param strictFrom under its own addresses alone, in envelope and header
 * @param frozen     not at all, until an administrator ends it
 */
public record SendingPolicy(long domainId, String address, boolean strictFrom, Optional<Freeze> frozen) {
    /** Since when and why. */
    public record Freeze(Instant since, String reason) {}
}
