// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

/**
 * What waits for a destination of one account with one urgency.
 *
 * @param urgency minus the priority (RFC 6710)
 * @param account its row, 0 for the server's own mail
 */
public record Lane(String destination, int urgency, long account) implements Comparable<Lane> {
    private static final int BEFORE_ALL = -100;

    /** The place before all lanes of a destination. */
    public static Lane beforeAll(String destination) {
        return new Lane(destination, BEFORE_ALL, -1);
    }

    @Override
    public int compareTo(Lane other) {
        int byDestination = destination.compareTo(other.destination);
        int byUrgency = byDestination == 0 ? Integer.compare(urgency, other.urgency) : byDestination;
        return byUrgency == 0 ? Long.compare(account, other.account) : byUrgency;
    }
}
