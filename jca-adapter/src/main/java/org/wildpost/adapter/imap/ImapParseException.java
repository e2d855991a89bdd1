// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

/** A command that cannot be understood, or asks for what the grammar allows and we cannot name. */
final class ImapParseException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final Kind kind;

    /** What the client is told. */
    enum Kind {
        /** Not the grammar: BAD. */
        SYNTAX,
        /** A mailbox name that no mailbox can have: NO [CANNOT]. */
        NAME,
        /** A special use that cannot be given: NO [USEATTR] (RFC 6154 §3). */
        USE,
        /** A sequence number where there are none: BAD [UIDREQUIRED] (RFC 9586 §3). */
        UID_REQUIRED
    }

    ImapParseException(String message, int offset, Kind kind) {
        super(message);
        this.offset = offset;
        this.kind = kind;
    }

    /** Octets from the start of the command, literals counted as one. */
    int offset() {
        return offset;
    }

    Kind kind() {
        return kind;
    }

    Reply reply() {
        return switch (kind) {
            case SYNTAX -> Reply.bad(getMessage() + " (at octet " + (offset + 1) + ")");
            case UID_REQUIRED -> Reply.bad("UIDREQUIRED", getMessage());
            case NAME -> Reply.no("CANNOT", getMessage());
            case USE -> Reply.no("USEATTR", getMessage());
        };
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
