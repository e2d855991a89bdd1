// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/** The answer to SETMETADATA (RFC 5464 §4.3): all values are set, or none. */
public sealed interface MetadataResult {
    /** Committed. */
    record Done() implements MetadataResult {}

    /** RFC 5530 NONEXISTENT. */
    record NoSuchMailbox() implements MetadataResult {}

    /**
     * METADATA MAXSIZE.
     *
     * @param limit octets that a value may have
     */
    record TooLong(int limit) implements MetadataResult {}

    /** METADATA TOOMANY. */
    record TooMany() implements MetadataResult {}

    /** Only administrators set what everybody sees of the server, and who may write what everybody sees of a mailbox: RFC 5530 NOPERM. */
    record NotPermitted() implements MetadataResult {}

    /** Nobody sets it: RFC 5530 CANNOT. */
    record ReadOnly() implements MetadataResult {}

    /** The mailbox cannot be used for that: RFC 6154 §4, USEATTR. */
    record UseRefused() implements MetadataResult {}
}
