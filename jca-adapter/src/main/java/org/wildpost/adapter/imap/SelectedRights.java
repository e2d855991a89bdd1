// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.Optional;
import org.wildpost.core.acl.FlagRights;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.listener.imap.StoreRequest;

/**
 * What the client may do with the selected mailbox. Of another's it is asked before each command, and the client is told when its flags change thereby
 * (RFC 4314 §5.1.1); owners are never asked about.
 */
final class SelectedRights {
    private final ImapContext context;

    SelectedRights(ImapContext context) {
        this.context = context;
    }

    /** Why a command is not done. */
    Optional<Reply> refusal(MessageCommand command) throws IOException {
        MailboxView view = context.view();
        if (view.ref().own()) {
            return Optional.empty();
        }
        Rights rights = context.ask(l -> l.rights(view.ref())).orElse(Rights.NONE);
        if (!rights.equals(view.rights())) {
            view.rights(rights);
            context.lines().permanentFlags(view);
        }
        return allows(command, rights) ? Optional.empty() : Optional.of(AccessHandler.NO_PERMISSION);
    }

    /** RFC 4314 §4, selected state; what needs rights on a target, too, is refused by the store. */
    private static boolean allows(MessageCommand command, Rights rights) {
        return switch (command) {
            case MessageCommand.Check ignored -> true;
            case MessageCommand.Close ignored -> true;
            case MessageCommand.Unselect ignored -> true;
            // Its message must be read first.
            case MessageCommand.Replace ignored -> true;
            case MessageCommand.Expunge ignored -> rights.has(Right.EXPUNGE);
            case MessageCommand.Store store -> rights.has(Right.READ) && changesSomething(store, rights);
            default -> rights.has(Right.READ);
        };
    }

    /** Whether one of the flags at least may be changed. */
    private static boolean changesSomething(MessageCommand.Store store, Rights rights) {
        Rights needed = store.mode() == StoreRequest.Mode.REPLACE ? FlagRights.ANY : FlagRights.needed(store.flags());
        return needed.isEmpty() || rights.hasAny(needed);
    }

    /** Whether the answer to SELECT says READ-WRITE; {@code \Seen} is no reason, for nobody else sees it (RFC 4314 §5.2). */
    static boolean writable(MailboxView view) {
        return !view.readOnly()
                && view.rights().hasAny(Rights.of(Right.INSERT, Right.EXPUNGE, Right.WRITE, Right.DELETE_MESSAGES));
    }
}
