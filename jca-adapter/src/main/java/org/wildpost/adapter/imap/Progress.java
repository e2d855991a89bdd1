// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells a client that its command is still at work (RFC 9585), from a virtual thread of its own, and only while the session's thread waits for an
 * answer from below, so that it never stands within another response. One for each command that may take long.
 */
final class Progress implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Progress.class.getName());

    private final ImapWriter writer;
    private final String tag;
    private final Duration interval;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean waiting;
    private long done;
    private long goal;

    private Progress(ImapWriter writer, String tag, Duration interval) {
        this.writer = writer;
        this.tag = tag;
        this.interval = interval;
    }

    /**
     * Begins to watch a command.
     *
     * @param interval how long a client hears nothing
     */
    static Progress start(ImapWriter writer, String tag, Duration interval) {
        Progress progress = new Progress(writer, tag, interval);
        Thread.ofVirtual()
                .name("imap-progress")
                .inheritInheritableThreadLocals(false)
                .start(progress::tell);
        return progress;
    }

    /** How much of how much is done. */
    synchronized void reached(long now, long all) {
        done = now;
        goal = all;
    }

    /** Asks something that may take long; the client is told now and then meanwhile. */
    <T> T await(Supplier<T> question) {
        waiting(true);
        try {
            return question.get();
        } finally {
            waiting(false);
        }
    }

    private synchronized void waiting(boolean now) {
        waiting = now;
    }

    @Override
    public void close() {
        ended.countDown();
    }

    private void tell() {
        try {
            while (!ended.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                say();
            }
        } catch (IOException e) {
            // The session's thread will see that the client is gone.
            LOG.log(Level.DEBUG, "nobody hears how far a command is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void say() throws IOException {
        if (waiting && !writer.lineOpen() && ended.getCount() > 0) {
            writer.untagged("OK [INPROGRESS (\"" + tag + "\" " + state() + ")] still at work");
            writer.flush();
        }
    }

    /** Both numbers, when there is a goal that is not reached; else neither (RFC 9585 §4). */
    private String state() {
        return done < goal ? done + " " + goal : "NIL NIL";
    }
}
