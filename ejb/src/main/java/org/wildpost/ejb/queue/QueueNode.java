// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.queue.QueueClaims;
import org.wildpost.persistence.queue.QueueDestinations;
import org.wildpost.persistence.queue.QueueNodes;

/**
 * This node among those that carry mail: its heartbeat, and the burial of those that have none any more. What a dead node had claimed is claimed
 * by others; a node that could not beat for as long must not begin to carry what it claimed before. Safe for all threads.
 */
@ApplicationScoped
public class QueueNode {
    /** Between two heartbeats. */
    static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** A node without a heartbeat for so long is dead. */
    static final Duration STALE = Duration.ofSeconds(45);

    /** After so long without a heartbeat of its own a node begins nothing; well before the others bury it. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final Logger LOG = System.getLogger(QueueNode.class.getName());

    @Inject
    Database database;

    @Inject
    QueueSettings settings;

    InstantSource clock = InstantSource.system();

    private volatile OptionalLong id = OptionalLong.empty();
    private volatile Instant lastBeat = Instant.MIN;

    /** Begins a new life and takes over what the one before had claimed: a restarted node goes on at once. */
    void register() {
        Instant now = clock.instant();
        long mine = database.transaction(connection -> {
            new QueueClaims(connection).byIndexOnly();
            QueueNodes nodes = new QueueNodes(connection);
            long node = nodes.register(settings.nodeName());
            if (nodes.buryEarlier(node, settings.nodeName()) > 0) {
                free(connection, now);
            }
            return node;
        });
        id = OptionalLong.of(mine);
        lastBeat = now;
    }

    /** Beats, and buries nodes that do not; true when something was freed that may be claimed now. */
    boolean beat() {
        long mine = id.orElseThrow();
        Instant now = clock.instant();
        boolean freed = database.transaction(connection -> {
            new QueueClaims(connection).byIndexOnly();
            QueueNodes nodes = new QueueNodes(connection);
            nodes.beat(mine, settings.nodeName());
            return nodes.bury(mine, STALE) > 0 && free(connection, now);
        });
        lastBeat = now;
        return freed;
    }

    /** Frees claims of nodes that nobody knows, such as of one that was buried while it wrote. */
    boolean freeOrphans() {
        return database.transaction(connection -> free(connection, clock.instant()));
    }

    private static boolean free(java.sql.Connection connection, Instant now) throws java.sql.SQLException {
        List<String> destinations = new QueueNodes(connection).freeClaims();
        TreeMap<String, Instant> due = new TreeMap<>();
        destinations.forEach(name -> due.put(name, now));
        new QueueDestinations(connection).touch(due);
        if (!destinations.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    () -> "Took over the mail of a dead node for " + destinations.size() + " destinations");
        }
        return !destinations.isEmpty();
    }

    /** Ends this life; its claims must have been given back before. */
    void retire() {
        OptionalLong mine = id;
        id = OptionalLong.empty();
        if (mine.isPresent()) {
            database.transaction(connection -> {
                new QueueNodes(connection).retire(mine.getAsLong());
                return true;
            });
        }
    }

    /** Whether this node may begin to carry. */
    boolean alive() {
        return id.isPresent() && clock.instant().isBefore(lastBeat.plus(LEASE));
    }

    /** The row of this life. */
    OptionalLong id() {
        return id;
    }
}
