// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * An answer that is fetched while something else is done, on a virtual thread of its own: the store works while the client reads.
 *
 * @param <T> the answer
 */
final class Ahead<T> {
    private final FutureTask<T> task;

    private Ahead(Supplier<T> question) {
        this.task = new FutureTask<>(question::get);
    }

    /** Begins to ask. */
    static <T> Ahead<T> asking(Supplier<T> question) {
        Ahead<T> ahead = new Ahead<>(question);
        Thread thread = Thread.ofVirtual()
                .name("imap-ahead")
                .inheritInheritableThreadLocals(false)
                .unstarted(ahead.task);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        return ahead;
    }

    /** Waits for the answer; what the question threw is thrown here. */
    T answer() throws InterruptedIOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while the store was asked");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
