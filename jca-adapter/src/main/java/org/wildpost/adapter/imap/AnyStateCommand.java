// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

/** Commands of every state (RFC 9051 §6.1, RFC 2971). */
sealed interface AnyStateCommand extends ImapCommand {
    record Capability() implements AnyStateCommand {}

    record Noop() implements AnyStateCommand {}

    record Logout() implements AnyStateCommand {}

    /** What the client says about itself is read and not kept. */
    record Id() implements AnyStateCommand {}

    /** A verb that we do not know. */
    record Unrecognised(String verb) implements AnyStateCommand {}
}
