// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.List;
import java.util.Optional;
import org.wildpost.adapter.imap.Frame.MessageLiteral;

/**
 * A piece of an APPEND or a REPLACE, up to the octets of a message or to the end of the command.
 *
 * @param steps   what it says
 * @param literal what follows: octets of the message that was begun last; empty at the end of the command
 * @param within  where in the grammar these octets stand
 */
record AppendPiece(List<AppendStep> steps, Optional<MessageLiteral> literal, Within within) {
    AppendPiece {
        steps = List.copyOf(steps);
    }

    /** Where a literal may stand. */
    enum Within {
        /** It is the whole message. */
        MESSAGE,
        /** It is a TEXT of CATENATE (RFC 4469 §5). */
        CATENATE,
        /** It is the whole message, between the parentheses of UTF8 (RFC 6855 §4). */
        UTF8,
        /** It is a UTF8 of CATENATE, between its parentheses (RFC 6855 §4). */
        CATENATE_UTF8,
        /** There is none. */
        NOTHING
    }
}
