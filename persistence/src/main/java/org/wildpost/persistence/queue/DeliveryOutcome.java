// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

/** The end of a recipient's way through the queue; names are stored. */
public enum DeliveryOutcome {
    /** The next hop took it. */
    DELIVERED,
    /** The next hop refused it for good. */
    FAILED,
    /** It was tried until it was too old. */
    EXPIRED,
    /** An operator sent it back. */
    BOUNCED,
    /** An operator deleted it; nobody was told. */
    DELETED
}
