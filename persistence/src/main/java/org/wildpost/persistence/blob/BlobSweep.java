// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.blob;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import org.wildpost.persistence.jdbc.Sql;

/**
 * Takes away blobs that nothing refers to: first they are marked, and when they are still alone after a time of grace they go. Each statement
 * looks at references in its own snapshot, in which a message is somewhere: among messages, in the vault or in the queue. As safe for threads as
 * its connection.
 */
public final class BlobSweep {
    /** Blobs that one step of marking looks at. */
    public static final int STEP = 10_000;

    /** Blobs that one step of sweeping deletes. */
    public static final int SWEEP = 1_000;

    private static final String ALONE = "not exists (select 1 from message_row m where m.blob_id = b.id)"
            + " and not exists (select 1 from vault_message v where v.blob_id = b.id)"
            + " and not exists (select 1 from queued_message q where q.blob_id = b.id)";

    private final Connection connection;

    public BlobSweep(Connection connection) {
        this.connection = connection;
    }

    /**
     * That somebody has the sweep.
     *
     * @param position where the marking is to go on
     * @param until    when it ends, as the database holds it; tells the claim from those of others
     */
    public record Claim(long position, Instant until) {}

    /** Claims the sweep for a while; empty when somebody else is at it. */
    public Optional<Claim> claim(Instant now, Duration lease) throws SQLException {
        return Sql.first(
                connection,
                "update blob_sweep set lease_until = ? where lease_until <= ? returning position, lease_until",
                row -> new Claim(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()),
                now.plus(lease),
                now);
    }

    /** Gives the sweep back and remembers where the marking stopped; nothing when the claim is over and somebody else has the sweep. */
    public void release(Claim claim, long position) throws SQLException {
        Sql.update(
                connection,
                "update blob_sweep set position = ?, lease_until = '-infinity' where lease_until = ?",
                position,
                claim.until());
    }

    /**
     * Marks those of the next blobs that are alone and were made before a moment.
     *
     * @param behind the id behind which it looks
     * @return the id of the last one that it looked at, empty at the end
     */
    public OptionalLong mark(long behind, Instant madeBefore, Instant now) throws SQLException {
        OptionalLong last = Sql.first(
                        connection,
                        "select max(id), count(*) from (select id from blob where id > ? order by id limit ?) b",
                        row -> row.getLong(2) == 0 ? OptionalLong.empty() : OptionalLong.of(row.getLong(1)),
                        behind,
                        STEP)
                .orElse(OptionalLong.empty());
        if (last.isPresent()) {
            Sql.update(
                    connection,
                    "insert into blob_mark (blob_id, marked_at) select b.id, ? from blob b"
                            + " where b.id > ? and b.id <= ? and b.created_at < ? and " + ALONE
                            + " on conflict do nothing",
                    now,
                    behind,
                    last.getAsLong(),
                    madeBefore);
        }
        return last;
    }

    /** Forgets marks of blobs that something refers to again; how many. */
    public int unmark() throws SQLException {
        return Sql.update(
                connection, "delete from blob_mark k using blob b where b.id = k.blob_id and not (" + ALONE + ")");
    }

    /** Deletes marked blobs that are still alone, at most {@value #SWEEP}; how many. */
    public int sweep(Instant markedBefore) throws SQLException {
        return Sql.update(
                connection,
                "delete from blob b using (select blob_id from blob_mark where marked_at < ? order by blob_id limit ?"
                        + " for update skip locked) k where b.id = k.blob_id and " + ALONE,
                markedBefore,
                SWEEP);
    }
}
