// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.id;

/**
 * A mailbox together with the account that must own it and the one that looks at it: every question about messages carries them, and every statement
 * checks the owner. Whoever is not the owner has a {@code \Seen} of their own on each message.
 *
 * @param account whose it is
 * @param reader  who looks at it
 */
public record MailboxRef(AccountId account, MailboxId mailbox, AccountId reader) {
    /** As its owner sees it. */
    public MailboxRef(AccountId account, MailboxId mailbox) {
        this(account, mailbox, account);
    }

    /** Whether the reader is the owner. */
    public boolean own() {
        return reader.equals(account);
    }

    /** The mailbox as its owner sees it. */
    public MailboxRef owners() {
        return own() ? this : new MailboxRef(account, mailbox);
    }
}
