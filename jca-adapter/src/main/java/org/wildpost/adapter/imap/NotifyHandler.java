// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;

/** NOTIFY (RFC 5465 §3.1). */
final class NotifyHandler {
    private final ImapContext context;

    NotifyHandler(ImapContext context) {
        this.context = context;
    }

    Reply set(NotifyRequest request) throws IOException {
        if (!request.understood()) {
            return Reply.no(NotifyEvent.badEvent(), "not all of these events are told here");
        }
        if (request.groups().size() > NotifyRequest.MAX_GROUPS) {
            return Reply.no("NOTIFICATIONOVERFLOW", "no more than " + NotifyRequest.MAX_GROUPS + " groups");
        }
        if (request.selected()
                .filter(group -> group.items().contains(FetchItem.Simple.MODSEQ))
                .isPresent()) {
            context.enableCondstore();
        }
        try {
            context.notices().want(request);
        } catch (OtherMailboxes.TooManyException e) {
            return Reply.no(
                    "NOTIFICATIONOVERFLOW",
                    "no more than " + context.limits().notifyMailboxes() + " mailboxes can be watched, and "
                            + AnnotationNews.MAX_ENTRIES + " annotations");
        }
        if (!request.equals(NotifyRequest.NONE)) {
            accumulated();
        }
        context.notices().tellClosed();
        if (request.status()) {
            context.notices().tellStatus();
        }
        return Reply.ok("NOTIFY done");
    }

    /** All that happened to the selected mailbox so far, whatever is wanted from now on. */
    private void accumulated() throws IOException {
        if (context.state() instanceof SessionState.Selected && context.catchUp()) {
            context.notices().announceAll();
        }
    }
}
