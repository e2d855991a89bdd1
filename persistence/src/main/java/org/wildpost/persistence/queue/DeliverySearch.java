// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * Which deliveries are looked for; what is empty says nothing.
 *
 * @param address   of the sender or the recipient
 * @param domain    of the sender or the recipient
 * @param messageId the Message-ID field
 * @param from      taken at this moment or later
 * @param to        taken before this moment
 * @param before    the last one of the page before: only older ones follow
 */
public record DeliverySearch(
        Optional<String> address,
        Optional<String> domain,
        Optional<String> messageId,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Place> before) {
    /** A place in the order of time. */
    public record Place(Instant created, long id) {}
}
