// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.id;

/** The row identity of a mailbox (an IMAP folder); it survives renames. */
public record MailboxId(long value) implements Comparable<MailboxId> {
    @Override
    public int compareTo(MailboxId other) {
        return Long.compare(value, other.value);
    }
}
