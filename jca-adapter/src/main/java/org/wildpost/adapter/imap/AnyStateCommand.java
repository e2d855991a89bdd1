// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Map;

/** Commands of every state (RFC 9051 §6.1, RFC 2971). */
sealed interface AnyStateCommand extends ImapCommand {
    record Capability() implements AnyStateCommand {}

    record Noop() implements AnyStateCommand {}

    record Logout() implements AnyStateCommand {}

    /** @param fields what the client says about itself, names in lower case */
    record Id(Map<String, String> fields) implements AnyStateCommand {
        public Id {
            fields = Map.copyOf(fields);
        }
    }

    /** A verb that we do not know. */
    record Unrecognised(String verb) implements AnyStateCommand {}
}
