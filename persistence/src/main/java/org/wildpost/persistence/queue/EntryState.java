// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

/** Where an entry is on its way. */
public enum EntryState {
    /** It waits for its next try. */
    WAITING,
    /** An operator stopped it. */
    HELD,
    /** A node has it in hand. */
    CARRIED
}
