// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/** The answer to CREATE, DELETE, RENAME and STATUS. */
public sealed interface MailboxResult {
    /** Done; the mailbox as it is now (as it was, after a delete). */
    record Done(MailboxStatus status) implements MailboxResult {}

    /** RFC 5530 NONEXISTENT. */
    record NoSuchMailbox() implements MailboxResult {}

    /** RFC 5530 NOPERM: the account may know of the mailbox, but not do this with it (RFC 4314 §4). */
    record NoPermission() implements MailboxResult {}

    /** RFC 5530 ALREADYEXISTS. */
    record AlreadyExists() implements MailboxResult {}

    /** RFC 5530 HASCHILDREN. */
    record HasChildren() implements MailboxResult {}

    /** Another mailbox has the special use: RFC 6154 §3 USEATTR. */
    record UseTaken() implements MailboxResult {}

    /**
     * RFC 5530 CANNOT or LIMIT.
     *
     * @param reason for the person, ASCII
     */
    record NotAllowed(String reason) implements MailboxResult {}
}
