// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.wildpost.core.fault.FaultLog;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.search.MessageWords;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.message.MessageReads;
import org.wildpost.persistence.message.MessageRow;
import org.wildpost.persistence.search.WordRows;

/**
 * Brings the words of mailboxes that are wanted up to date, on one virtual thread that lives as long as there is something to do. Two servers may
 * do the same work; nothing comes of that but time. Safe for all threads.
 */
@ApplicationScoped
public class TextIndexer {
    /** Messages that are read and indexed together. */
    static final int BATCH = 100;

    /** Mailboxes that are looked up together. */
    private static final int MAILBOXES = 100;

    private static final FaultLog FAULTS = new FaultLog(System.getLogger(TextIndexer.class.getName()));

    @Inject
    Database database;

    private final AtomicBoolean working = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private volatile boolean ended;

    /** Asks for a mailbox, now and for what comes into it later. */
    void want(MailboxRef mailbox) {
        database.transaction(connection -> {
            new WordRows(connection).want(mailbox);
            return mailbox;
        });
        wake();
    }

    /** There may be something to do. */
    public void wake() {
        again.set(true);
        if (!ended && working.compareAndSet(false, true)) {
            ClassLoader loader = TextIndexer.class.getClassLoader();
            Thread.ofVirtual()
                    .name("text-index")
                    .inheritInheritableThreadLocals(false)
                    .start(() -> {
                        Thread.currentThread().setContextClassLoader(loader);
                        work();
                    });
        }
    }

    @PreDestroy
    void end() {
        ended = true;
    }

    private void work() {
        try {
            while (!ended && again.getAndSet(false)) {
                catchUp();
            }
        } catch (RuntimeException e) {
            FAULTS.write(Level.WARNING, "The words of messages could not be indexed", e);
        } finally {
            working.set(false);
        }
        if (again.get() && !ended) {
            wake();
        }
    }

    /** Indexes what is wanted and not yet indexed; a mailbox that cannot be indexed keeps no other one waiting. */
    void catchUp() {
        Set<MailboxRef> failed = new HashSet<>();
        List<MailboxRef> done;
        do {
            done = new ArrayList<>();
            for (WordRows.Behind one : database.statement(connection -> new WordRows(connection).behind(MAILBOXES))) {
                if (!failed.contains(one.mailbox())) {
                    (caughtUp(one) ? done : failed).add(one.mailbox());
                }
            }
        } while (!done.isEmpty() && !ended);
    }

    private boolean caughtUp(WordRows.Behind behind) {
        try {
            long reached = behind.indexedUid();
            long last;
            do {
                last = reached;
                reached = step(behind.mailbox(), last);
            } while (reached > last && !ended);
            return true;
        } catch (RuntimeException e) {
            FAULTS.write(Level.WARNING, "The words of a mailbox could not be indexed", e);
            return false;
        }
    }

    /** One batch behind a UID; the UID that was reached, the same when there is no more. */
    private long step(MailboxRef mailbox, long from) {
        // Read first: every message below it is committed, or will never be.
        long end = database.statement(connection -> new WordRows(connection).uidNext(mailbox)) - 1;
        List<WordRows.Unread> next =
                database.statement(connection -> new WordRows(connection).next(mailbox, from, BATCH));
        Map<Long, MessageWords> words = words(mailbox, next);
        long reached = next.size() == BATCH ? next.getLast().uid() : Math.max(from, end);
        database.transaction(connection -> {
            WordRows rows = new WordRows(connection);
            rows.add(mailbox.account(), words);
            rows.reached(mailbox, from, reached);
            return reached;
        });
        return next.size() == BATCH ? reached : from;
    }

    /** The words of those contents that have none yet. */
    private Map<Long, MessageWords> words(MailboxRef mailbox, List<WordRows.Unread> messages) {
        Set<Long> blobs = messages.stream().map(WordRows.Unread::blob).collect(Collectors.toSet());
        Set<Long> known = database.statement(connection -> new WordRows(connection).known(mailbox.account(), blobs));
        Map<Long, Long> wanted = new HashMap<>();
        messages.stream()
                .filter(message -> !known.contains(message.blob()))
                .forEach(message -> wanted.putIfAbsent(message.blob(), message.uid()));
        long[] uids =
                wanted.values().stream().mapToLong(Long::longValue).sorted().toArray();
        Map<Long, MessageRow> rows = new HashMap<>();
        database.statement(
                        connection -> new MessageReads(connection).rows(mailbox, uids, Set.of(FetchDetail.STRUCTURE)))
                .forEach(row -> rows.put(row.uid(), row));
        Map<Long, MessageWords> words = new HashMap<>();
        wanted.forEach((blob, uid) -> {
            MessageRow row = rows.get(uid);
            if (row != null) {
                words.put(blob, MessageWords.of(new StoredMessage(database, mailbox, row)));
            }
        });
        return words;
    }
}
