// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Set;
import org.wildpost.core.listener.imap.MailboxName;

/** Which mailboxes a command changes, so that the client needs not be told of it (RFC 5465 §5). */
final class OwnChanges {
    private OwnChanges() {}

    /** Whether it adds messages somewhere, of which the client knows (RFC 5465 §5.2). */
    static boolean addsMessages(ImapCommand command) {
        return command instanceof MailboxCommand.Append
                || command instanceof MessageCommand.Copy
                || command instanceof MessageCommand.Move
                || command instanceof MessageCommand.Replace;
    }

    static Set<MailboxName> of(ImapCommand command, SessionState state) {
        return switch (command) {
            case MailboxCommand.Create create -> Set.of(create.mailbox());
            case MailboxCommand.Delete delete -> Set.of(delete.mailbox());
            case MailboxCommand.Rename(MailboxName from, MailboxName to, var ignored) ->
                from.equals(to) ? Set.of(from) : Set.of(from, to);
            case MailboxCommand.Subscribe subscribe -> Set.of(subscribe.mailbox());
            // It moves the modification sequence on (RFC 7162 §3.2).
            case MailboxCommand.SetMetadata set -> set.mailbox().map(Set::of).orElse(Set.of());
            case MailboxCommand.Append append -> Set.of(append.mailbox());
            case MessageCommand.Copy copy -> Set.of(copy.target());
            case MessageCommand.Move move -> Set.of(move.target());
            case MessageCommand.Replace replace -> Set.of(replace.target());
            case MessageCommand.Close() ->
                state instanceof SessionState.Selected selected
                        ? Set.of(selected.view().name())
                        : Set.of();
            default -> Set.of();
        };
    }
}
