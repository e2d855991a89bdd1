// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.message.Flags;

/** What an APPEND or a REPLACE says, in its order (RFC 9051 §9 append-message, RFC 4466 §2.8, RFC 4469 §5); literals stand between the pieces. */
sealed interface AppendStep {
    /** A message begins. */
    record Begin(Flags flags, Optional<Instant> date) implements AppendStep {}

    /** A part of the message that lies on the server already (RFC 4469 §3). */
    record Url(String url) implements AppendStep {}

    /** The message ends. */
    record End() implements AppendStep {}
}
