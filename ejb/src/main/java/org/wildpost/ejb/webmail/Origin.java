// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import org.wildpost.core.id.MailboxRef;

/**
 * The message that a letter came from.
 *
 * @param mailbox where it lies
 * @param uid     which it is
 * @param kind    what the letter is to it
 */
public record Origin(MailboxRef mailbox, long uid, Kind kind) {
    /** How a letter came about. */
    public enum Kind {
        REPLY,
        FORWARD,
        DRAFT
    }
}
