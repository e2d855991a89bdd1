// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

/** What a client can say; one file per group of states (RFC 9051 §6). */
sealed interface ImapCommand permits AnyStateCommand, LoginCommand, MailboxCommand, AccessCommand, MessageCommand {
    /**
     * A command with its tag.
     *
     * @param tag the client's
     */
    record Tagged(String tag, CommandName name, ImapCommand command) {
        /**
         * Whether messages that are gone may be told of before its end: not while the client counts in sequence numbers (RFC 9051 §7.5.1), be it in the keys
         * of a UID command (RFC 7162 §3.2.10.2).
         */
        boolean allowsExpunge() {
            boolean counts = switch (command) {
                case MessageCommand.Search search -> search.criteria().term().countsMessages();
                case MessageCommand.ThreadMessages thread ->
                    thread.criteria().term().countsMessages();
                case MailboxCommand.MultiSearch search ->
                    search.criteria().term().countsMessages();
                default -> false;
            };
            return name.allowsExpunge() && !counts;
        }
    }
}
