// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells an idling client the news of its mailbox; between {@link #start} and the end of {@link #stop} it alone writes. It has a thread while there are news
 * and none while there are not: thousands of clients idle at once.
 */
final class IdleNews {
    /** News that come in a burst are told together. */
    private static final Duration BURST = Duration.ofMillis(25);

    /** Until a mailbox is asked again that could not be asked. */
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger(IdleNews.class.getName());

    private final ImapContext context;
    private final MailboxSignal signal;
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicBoolean awake = new AtomicBoolean();
    private final ReentrantLock telling = new ReentrantLock();

    private IdleNews(ImapContext context) {
        this.context = context;
        this.signal =
                context.state() instanceof SessionState.Selected selected ? selected.signal() : new MailboxSignal();
    }

    static IdleNews start(ImapContext context) {
        IdleNews news = new IdleNews(context);
        news.signal.whenRaised(news::wake);
        news.wake();
        return news;
    }

    /** Ends the telling and waits for it. */
    void stop() {
        stopping.countDown();
        signal.whenRaised(() -> {});
        telling.lock();
        telling.unlock();
        // What was taken and not told any more is news still.
        signal.raise();
    }

    private void wake() {
        if (stopping.getCount() > 0 && awake.compareAndSet(false, true)) {
            Thread thread = Thread.ofVirtual()
                    .name("imap-idle")
                    .inheritInheritableThreadLocals(false)
                    .unstarted(this::tellAll);
            thread.setContextClassLoader(loader);
            thread.start();
        }
    }

    private void tellAll() {
        telling.lock();
        try {
            while (stopping.getCount() > 0 && signal.take()) {
                Duration pause = tell() ? BURST : PAUSE_AFTER_FAULT;
                if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (IOException e) {
            context.connection().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.connection().close();
        } finally {
            telling.unlock();
            awake.set(false);
        }
        if (signal.isRaised()) {
            wake();
        }
    }

    /** False when the mailbox could not be asked. */
    private boolean tell() throws IOException {
        boolean there;
        try {
            there = context.refresh(true);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "changes of the selected mailbox could not be read", e);
            signal.raise();
            return false;
        }
        if (!there) {
            context.writer().bye("the selected mailbox was deleted");
            context.writer().flush();
            context.connection().close();
            stopping.countDown();
            return true;
        }
        context.announce(true);
        context.writer().flush();
        return true;
    }
}
