// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.concurrent.Semaphore;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxWatcher;

/** Remembers that the selected mailbox changed until somebody looks; begins raised. Safe for all threads, never blocks the one that tells. */
final class MailboxSignal implements MailboxWatcher, NewsSignal {
    private final Semaphore raised = new Semaphore(1);
    private volatile Runnable listener = () -> {};

    @Override
    public void changed(MailboxId mailbox) {
        raise();
    }

    @Override
    public void raise() {
        if (raised.availablePermits() == 0) {
            raised.release();
        }
        listener.run();
    }

    /** Whether something happened since the last look. */
    boolean take() {
        return raised.drainPermits() > 0;
    }

    @Override
    public boolean isRaised() {
        return raised.availablePermits() > 0;
    }

    @Override
    public void whenRaised(Runnable action) {
        listener = action;
    }
}
