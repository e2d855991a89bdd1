// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.acl;

/** What somebody may do with a mailbox (RFC 4314 §2.1), in the order in which rights are told. */
public enum Right {
    /** It is there for LIST. */
    LOOKUP('l'),
    /** Its messages are read, and its counters. */
    READ('r'),
    /** {@code \Seen} is kept. */
    SEEN('s'),
    /** Flags other than {@code \Seen} and {@code \Deleted} are changed. */
    WRITE('w'),
    /** Messages are added. */
    INSERT('i'),
    /** Mail is sent to it; nothing that IMAP looks at. */
    POST('p'),
    /** Mailboxes are made below it. */
    CREATE('k'),
    /** It is deleted or renamed. */
    DELETE_MAILBOX('x'),
    /** {@code \Deleted} is changed. */
    DELETE_MESSAGES('t'),
    /** Messages are expunged. */
    EXPUNGE('e'),
    /** Rights are read and given. */
    ADMINISTER('a');

    private final char letter;

    Right(char letter) {
        this.letter = letter;
    }

    /** As it stands on the wire and in the database. */
    public char letter() {
        return letter;
    }

    int bit() {
        return 1 << letter - 'a';
    }
}
