// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

/** Why nobody can have what is sent to a forward-path. */
enum Problem {
    /** Nobody has the address. */
    UNKNOWN,
    /** Who has the address takes no mail. */
    DISABLED,
    /** It is elsewhere, and this client may not send there. */
    OUTSIDE,
    /** It takes mail of this server's own users, and the client is none. */
    INTERNAL_ONLY,
    /** Its mailboxes have no room now. */
    FULL,
    /** Its mailboxes may never have so much. */
    TOO_LARGE,
    /** It leads to addresses that nobody has. */
    UNREACHABLE,
    /** It leads back to itself. */
    CIRCLE,
    /** It leads to more, or further, than is allowed. */
    TOO_FAR,
    /** The message was passed on here before. */
    BEEN_HERE
}
