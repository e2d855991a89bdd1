// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.HashSet;
import java.util.Set;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxWatcher;
import org.wildpost.core.listener.imap.TreeWatcher;

/** Remembers which mailboxes of an account changed until somebody looks, and whether there are others now. Safe for all threads. */
final class AccountSignal implements MailboxWatcher, TreeWatcher, NewsSignal {
    private final Set<MailboxId> mailboxes = new HashSet<>();
    private boolean tree;
    private volatile Runnable listener = () -> {};

    /**
     * What happened.
     *
     * @param tree whether anything may have happened
     */
    record Changed(boolean tree, Set<MailboxId> mailboxes) {
        Changed {
            mailboxes = Set.copyOf(mailboxes);
        }

        boolean nothing() {
            return !tree && mailboxes.isEmpty();
        }
    }

    @Override
    public void changed(MailboxId mailbox) {
        synchronized (this) {
            mailboxes.add(mailbox);
        }
        listener.run();
    }

    @Override
    public void changed(AccountId account) {
        raise();
    }

    @Override
    public void raise() {
        synchronized (this) {
            tree = true;
        }
        listener.run();
    }

    @Override
    public synchronized boolean isRaised() {
        return tree || !mailboxes.isEmpty();
    }

    /** What happened since the last look. */
    synchronized Changed take() {
        Changed changed = new Changed(tree, mailboxes);
        tree = false;
        mailboxes.clear();
        return changed;
    }

    @Override
    public void whenRaised(Runnable action) {
        listener = action;
    }
}
