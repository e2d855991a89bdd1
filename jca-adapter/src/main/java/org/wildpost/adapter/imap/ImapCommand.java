// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

/** What a client can say; one file per group of states (RFC 9051 §6). */
sealed interface ImapCommand permits AnyStateCommand, LoginCommand, MailboxCommand, AccessCommand, MessageCommand {
    /**
     * A command with its tag.
     *
     * @param tag the client's
     */
    record Tagged(String tag, CommandName name, ImapCommand command) {}
}
