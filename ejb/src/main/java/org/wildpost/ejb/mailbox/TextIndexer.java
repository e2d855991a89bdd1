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
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.wildpost.core.fault.FaultLog;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.search.MessageWords;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.message.MessageReads;
import org.wildpost.persistence.message.MessageRow;
import org.wildpost.persistence.message.SummaryReads;
import org.wildpost.persistence.search.IndexedMailboxes;
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
            new IndexedMailboxes(connection).want(mailbox);
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
            for (IndexedMailboxes.Behind one :
                    database.statement(connection -> new IndexedMailboxes(connection).behind(MAILBOXES))) {
                if (!failed.contains(one.mailbox())) {
                    (caughtUp(one) ? done : failed).add(one.mailbox());
                }
            }
            if (!done.isEmpty()) {
                tidy();
            }
        } while (!done.isEmpty() && !ended);
        clean();
    }

    private boolean caughtUp(IndexedMailboxes.Behind behind) {
        try {
            long reached = behind.indexedUid();
            Step step;
            do {
                step = step(behind.mailbox(), reached);
                reached = step.reached();
            } while (step.next() == Next.MORE && !ended);
            return step.next() != Next.LATER;
        } catch (RuntimeException e) {
            FAULTS.write(Level.WARNING, "The words of a mailbox could not be indexed", e);
            return false;
        }
    }

    private enum Next {
        MORE,
        NOTHING,
        /** Something went on at the same time; it is tried again when the indexer is woken. */
        LATER
    }

    private record Step(long reached, Next next) {}

    /** One batch behind a UID. */
    private Step step(MailboxRef mailbox, long from) {
        // Read first: every message below it is committed, or will never be.
        long end = database.statement(connection -> new WordRows(connection).uidNext(mailbox)) - 1;
        List<WordRows.Unread> next =
                database.statement(connection -> new WordRows(connection).next(mailbox, from, BATCH));
        List<WordRows.Contents> words = words(mailbox, next);
        boolean more = next.size() == BATCH;
        long reached = more ? next.getLast().uid() : Math.max(from, end);
        boolean done = database.transaction(connection -> {
            new WordRows(connection).add(mailbox, words);
            return new IndexedMailboxes(connection).reached(mailbox, from, reached);
        });
        return done ? new Step(reached, more ? Next.MORE : Next.NOTHING) : new Step(from, Next.LATER);
    }

    /** The words of those contents that have none yet, read from the first message that has them. */
    private List<WordRows.Contents> words(MailboxRef mailbox, List<WordRows.Unread> messages) {
        Set<Long> blobs = messages.stream().map(WordRows.Unread::blob).collect(Collectors.toSet());
        Set<Long> known = database.statement(connection -> new WordRows(connection).known(mailbox.account(), blobs));
        Map<Long, Long> wanted = new TreeMap<>();
        for (WordRows.Unread message : messages) {
            if (known.add(message.blob())) {
                wanted.put(message.uid(), message.blob());
            }
        }
        long[] uids = wanted.keySet().stream().mapToLong(Long::longValue).toArray();
        // Of most messages that is all, in one statement for the batch.
        Map<Long, byte[]> heads = HashMap.newHashMap(uids.length);
        database.statement(connection -> new SummaryReads(connection).heads(mailbox, uids, StoredMessage.HEAD))
                .forEach(head -> heads.put(head.uid(), head.octets()));
        List<WordRows.Contents> words = new ArrayList<>();
        for (MessageRow row : database.statement(
                connection -> new MessageReads(connection).rows(mailbox, uids, Set.of(FetchDetail.STRUCTURE)))) {
            MessageWords read = MessageWords.of(new StoredMessage(database, mailbox, row, heads.get(row.uid())));
            words.add(new WordRows.Contents(Objects.requireNonNull(wanted.get(row.uid())), row.uid(), read));
        }
        return words;
    }

    private void tidy() {
        database.transaction(connection -> {
            new WordRows(connection).tidy();
            return true;
        });
    }

    /** Takes the words of messages that are gone out of the vocabularies of mailboxes in which these are many. */
    private void clean() {
        for (MailboxRef mailbox :
                database.statement(connection -> new IndexedMailboxes(connection).outgrown(MAILBOXES))) {
            database.transaction(connection -> {
                new IndexedMailboxes(connection).cleanVocabulary(mailbox);
                return mailbox;
            });
        }
    }
}
