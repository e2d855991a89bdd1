// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells a client that waits what is new, in IDLE (RFC 2177) or between its commands (RFC 5465); between {@link #start} and the end of {@link #stop} it alone
 * writes. It has a thread while there are news and none while there are not: thousands of clients wait at once.
 */
final class IdleNews {
    /** News that come in a burst are told together. */
    private static final Duration BURST = Duration.ofMillis(25);

    /** Until a mailbox is asked again that could not be asked. */
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger(IdleNews.class.getName());

    private final ImapContext context;
    private final Notices notices;
    private final boolean idling;
    private final List<NewsSignal> signals;
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicBoolean awake = new AtomicBoolean();
    private final ReentrantLock telling = new ReentrantLock();

    private IdleNews(ImapContext context, boolean idling) {
        this.context = context;
        this.notices = context.notices();
        this.idling = idling;
        this.signals = notices.signals();
    }

    /**
     * Begins to tell.
     *
     * @param idling whether the client is in IDLE, else no command is under way
     */
    static IdleNews start(ImapContext context, boolean idling) {
        IdleNews news = new IdleNews(context, idling);
        news.signals.forEach(signal -> signal.whenRaised(news::wake));
        if (news.notices.hasNews(idling)) {
            news.wake();
        }
        return news;
    }

    /** Ends the telling and waits for it; once is enough. */
    void stop() {
        stopping.countDown();
        signals.forEach(signal -> signal.whenRaised(() -> {}));
        telling.lock();
        try {
            LOG.log(Level.TRACE, "nobody tells any more");
        } finally {
            telling.unlock();
        }
    }

    /**
     * Ends the telling.
     *
     * @param alive whether the client is still there; else whoever still writes to it is stopped
     */
    void end(boolean alive) {
        if (!alive) {
            context.connection().close();
        }
        stop();
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
        boolean more = false;
        telling.lock();
        try {
            while (stopping.getCount() > 0 && notices.hasNews(idling)) {
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
            awake.set(false);
            // Who raised it meanwhile saw somebody awake.
            more = signals.stream().anyMatch(NewsSignal::isRaised);
            telling.unlock();
        }
        if (more) {
            wake();
        }
    }

    /** False when it could not be found out what is new. */
    private boolean tell() throws IOException {
        boolean there;
        try {
            there = notices.tell(idling);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "changes of mailboxes could not be read", e);
            signals.forEach(NewsSignal::raise);
            return false;
        }
        if (!there) {
            context.writer().bye("the selected mailbox was deleted");
            context.writer().flush();
            context.connection().close();
            stopping.countDown();
            return true;
        }
        context.writer().flush();
        return true;
    }
}
