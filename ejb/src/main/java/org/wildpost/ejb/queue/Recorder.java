// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.queue.EndedEntry;

/**
 * Records what became of consignments: at once when there is one, together when there are many, on one thread. As long as the database does not
 * take it, it is kept and tried again; what cannot be recorded although the database works is held for an operator to look at. Safe for all
 * threads.
 */
@ApplicationScoped
public class Recorder {
    /** Tries that wait to be recorded; who carries waits when there are more, so that nothing is carried that nobody can record. */
    static final int UNRECORDED = 2_000;

    /** Endings that are written in one transaction. */
    static final int TOGETHER = 500;

    /** Between two tries to write, first; twice as long after each. */
    static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    /** And at most. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Tries to write something while the database works. */
    static final int TRIES = 4;

    private static final Logger LOG = System.getLogger(Recorder.class.getName());

    /** How time is spent between two tries. */
    @FunctionalInterface
    interface Pause {
        void take(Duration length) throws InterruptedException;
    }

    @Inject
    Database database;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Ledger ledger;

    Pause pause = Thread::sleep;

    private final ArrayDeque<Ending> endings = new ArrayDeque<>();
    private final Semaphore places = new Semaphore(UNRECORDED);
    private boolean open = true;

    /** Takes what was carried; waits while too many wait. */
    void carried(Ending.Tried tried) throws InterruptedException {
        places.acquire();
        record(List.of(tried));
    }

    /** Gives consignments back as they were; never waits. */
    void giveBack(Collection<Consignment> consignments) {
        record(consignments.stream().<Ending>map(Ending.Back::new).toList());
    }

    /** Takes endings; never waits. */
    synchronized void record(Collection<? extends Ending> more) {
        endings.addAll(more);
        notifyAll();
    }

    /** Endings that wait. */
    synchronized int waiting() {
        return endings.size();
    }

    /** Records until it is closed and all is recorded. */
    void run() throws InterruptedException {
        for (List<Ending> batch = take(); !batch.isEmpty(); batch = take()) {
            write(batch);
            places.release(
                    (int) batch.stream().filter(Ending.Tried.class::isInstance).count());
        }
    }

    /** Lets {@link #run} go on for ever. */
    synchronized void open() {
        open = true;
    }

    /** Ends {@link #run} when nothing is left. */
    synchronized void close() {
        open = false;
        notifyAll();
    }

    private synchronized List<Ending> take() throws InterruptedException {
        while (endings.isEmpty() && open) {
            wait();
        }
        List<Ending> batch = new ArrayList<>();
        while (batch.size() < TOGETHER && !endings.isEmpty()) {
            batch.add(endings.poll());
        }
        return batch;
    }

    private void write(List<Ending> batch) throws InterruptedException {
        Tally tally = ledger.tally(batch);
        if (!written(() -> ledger.write(tally))) {
            for (Ending one : batch) {
                Tally alone = ledger.tally(List.of(one));
                if (!written(() -> ledger.write(alone))) {
                    park(alone.ended);
                }
            }
        }
        for (Tally.Told told : tally.told.values()) {
            if (!written(() -> ledger.write(told))) {
                park(told.ended);
            }
        }
        dispatcher.forget(batch.stream().map(Ending::consignment).toList());
        dispatcher.backlog(tally.recovered);
    }

    private void park(List<EndedEntry> entries) throws InterruptedException {
        if (!entries.isEmpty()) {
            LOG.log(Level.ERROR, () -> "Held " + entries.size() + " entries of the queue that could not be recorded");
            boolean held = written(() -> ledger.park(entries, "held: what became of it could not be recorded"));
            LOG.log(held ? Level.DEBUG : Level.ERROR, () -> held ? "held" : "they could not be held either");
        }
    }

    /** Whether it could be done; tries as long as the database does not answer. */
    private boolean written(Runnable work) throws InterruptedException {
        Duration wait = FIRST_PAUSE;
        int tries = 0;
        boolean away = false;
        while (true) {
            try {
                work.run();
                return true;
            } catch (RuntimeException e) {
                boolean answers = databaseAnswers();
                tries += answers ? 1 : 0;
                if (tries == TRIES) {
                    LOG.log(Level.ERROR, "Outcomes of mail cannot be recorded", e);
                    return false;
                }
                if (answers || !away) {
                    LOG.log(Level.WARNING, "Outcomes of mail are recorded later: " + e.getMessage());
                }
                away = !answers;
            }
            pause.take(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? wait.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private boolean databaseAnswers() {
        try {
            return database.statement(connection -> Sql.first(connection, "select 1", row -> true))
                    .isPresent();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The database does not answer", e);
            return false;
        }
    }
}
