// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells an idling client the news of its mailbox, from a virtual thread of its own; between {@link #start} and the end of {@link #stop} it alone
 * writes. It waits for events, and looks without one now and then, for events may be lost.
 */
final class IdleNews implements Runnable {
    /** How long draining and deafness may go unnoticed. */
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** Looks after which the mailbox is asked without an event. */
    private static final int DEAF_LOOKS = 15;
    /** News that come in a burst are told together. */
    private static final Duration BURST = Duration.ofMillis(25);

    private static final Logger LOG = System.getLogger(IdleNews.class.getName());

    private final ImapContext context;
    private final MailboxSignal signal;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    private IdleNews(ImapContext context) {
        this.context = context;
        this.signal =
                context.state() instanceof SessionState.Selected selected ? selected.signal() : new MailboxSignal();
        this.thread = Thread.ofVirtual()
                .name("imap-idle")
                .inheritInheritableThreadLocals(false)
                .unstarted(this);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    }

    static IdleNews start(ImapContext context) {
        IdleNews news = new IdleNews(context);
        news.thread.start();
        return news;
    }

    /** Ends the telling and waits for it. */
    void stop() throws InterruptedIOException {
        stopping.countDown();
        signal.raise();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while idling");
        }
        // What woke us may have been news, too.
        signal.raise();
    }

    @Override
    public void run() {
        try {
            int looks = 0;
            while (stopping.getCount() > 0) {
                boolean event = signal.await(LOOK);
                if (stopping.getCount() == 0) {
                    return;
                }
                if (context.connection().draining()) {
                    farewell("[UNAVAILABLE] the server is going down");
                    return;
                }
                looks++;
                if (event || looks >= DEAF_LOOKS) {
                    looks = 0;
                    if (!tell() || stopping.await(BURST.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            context.connection().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.connection().close();
        }
    }

    private boolean tell() throws IOException {
        try {
            if (!context.refresh(true)) {
                farewell("the selected mailbox was deleted");
                return false;
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "changes of the selected mailbox could not be read", e);
            return true;
        }
        context.announce(true);
        context.writer().flush();
        return true;
    }

    private void farewell(String text) throws IOException {
        context.writer().bye(text);
        context.writer().flush();
        context.connection().close();
    }
}
