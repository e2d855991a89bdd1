// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

/** A session on its own thread, talked to over a {@link ScriptedConnection}. Closing ends it, and fails when it crashed. */
final class LiveSession implements AutoCloseable {
    private static final long CACHE_OCTETS = 64 * 1024;

    final ScriptedConnection connection;
    private final Thread thread;
    private final AtomicReference<Throwable> crash = new AtomicReference<>();

    LiveSession(MemoryMail mail, boolean secure, ImapLimits limits) {
        this(mail, secure, false, limits);
    }

    LiveSession(MemoryMail mail, boolean secure, boolean allowPlaintextLogin, ImapLimits limits) {
        this(mail, secure, allowPlaintextLogin, limits, PlainIndex::of);
    }

    LiveSession(
            MemoryMail mail, boolean secure, boolean allowPlaintextLogin, ImapLimits limits, MessageIndexer indexer) {
        this(
                mail,
                secure,
                new ImapSettings(
                        "mail.demo.test", Path.of(System.getProperty("java.io.tmpdir")), allowPlaintextLogin, limits),
                indexer);
    }

    private LiveSession(MemoryMail mail, boolean secure, ImapSettings settings, MessageIndexer indexer) {
        connection = new ScriptedConnection(secure);
        ImapConversation conversation =
                new ImapConversation(settings, mail, indexer, new AnswerCache(CACHE_OCTETS, new SplittableRandom(1)));
        thread = Thread.ofVirtual().start(() -> {
            try {
                conversation.run(connection);
            } catch (IOException e) {
                // The client is gone.
            } catch (RuntimeException | Error e) {
                crash.set(e);
            } finally {
                connection.close();
            }
        });
    }

    /** A session over TLS that has logged in. */
    static LiveSession loggedIn(MemoryMail mail) {
        return loggedIn(mail, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * The same.
     *
     * @param spool where large messages wait
     */
    static LiveSession loggedIn(MemoryMail mail, Path spool) {
        LiveSession session = new LiveSession(
                mail, true, new ImapSettings("mail.demo.test", spool, false, ImapLimits.DEFAULTS), PlainIndex::of);
        session.connection.nextLine();
        session.command("a LOGIN alice@demo.test wildpost");
        return session;
    }

    /** Sends a command and takes everything up to its tagged answer. */
    List<String> command(String command) {
        connection.send(command + "\r\n");
        String tag = command.substring(0, command.indexOf(' '));
        List<String> lines = new java.util.ArrayList<>();
        do {
            lines.add(connection.nextLine());
        } while (!lines.getLast().startsWith(tag + " "));
        return lines;
    }

    /** Waits for the end of the session. */
    void ended() {
        try {
            if (!thread.join(java.time.Duration.ofSeconds(10))) {
                throw new AssertionError("the session hangs after <" + connection.output() + ">");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        if (crash.get() != null) {
            throw new AssertionError("the session crashed", crash.get());
        }
    }

    @Override
    public void close() {
        connection.endOfInput();
        ended();
    }
}
