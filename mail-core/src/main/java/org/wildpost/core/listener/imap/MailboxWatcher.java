// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import org.wildpost.core.id.MailboxId;

/** Told after each commit that touched a mailbox, its annotations or its access control list. Calls may be lost, doubled or merged: a watcher asks for {@link Changes} and never blocks. */
@FunctionalInterface
public interface MailboxWatcher {
    void changed(MailboxId mailbox);
}
