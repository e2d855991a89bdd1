// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxWatcher;

/** Remembers that the selected mailbox changed until somebody looks; begins raised. Safe for all threads, never blocks the one that tells. */
final class MailboxSignal implements MailboxWatcher {
    private final Semaphore raised = new Semaphore(1);

    @Override
    public void changed(MailboxId mailbox) {
        raise();
    }

    void raise() {
        if (raised.availablePermits() == 0) {
            raised.release();
        }
    }

    /** Whether something happened since the last look. */
    boolean take() {
        return raised.drainPermits() > 0;
    }

    /** Waits until something happens, at most so long. */
    boolean await(Duration atMost) throws InterruptedException {
        boolean happened = raised.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
        raised.drainPermits();
        return happened;
    }
}
