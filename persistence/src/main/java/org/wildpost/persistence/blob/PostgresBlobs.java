// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.blob;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.wildpost.core.id.BlobId;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.persistence.jdbc.Sql;

/**
 * {@link BlobStore} in the tables {@code blob} (the first {@value #PIECE} octets) and {@code blob_chunk} (the rest, piece by piece), so that a
 * message and its row commit together and one backup has both. As safe for threads as its connection.
 */
public final class PostgresBlobs implements BlobStore {
    /** Octets of one piece. */
    public static final int PIECE = 1024 * 1024;

    private final Connection connection;

    public PostgresBlobs(Connection connection) {
        this.connection = connection;
    }

    /** Whether a message fits into the one row of {@code blob}, and reading it costs no file. */
    public static boolean fitsOneRow(SpooledMessage message) {
        return message.inMemory() && message.size() <= PIECE;
    }

    @Override
    public void write(BlobId id, SpooledMessage message) throws SQLException, IOException {
        try (InputStream in = message.open()) {
            Sql.update(
                    connection,
                    "insert into blob (id, size, sha256, data) values (?, ?, ?, ?)",
                    id.value(),
                    message.size(),
                    message.sha256(),
                    in.readNBytes(PIECE));
            if (message.size() > PIECE) {
                writeChunks(id, in);
            }
        }
    }

    private void writeChunks(BlobId id, InputStream in) throws SQLException, IOException {
        String sql = "insert into blob_chunk (blob_id, chunk_no, data) values (?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            byte[] piece = in.readNBytes(PIECE);
            for (int number = 1; piece.length > 0; number++) {
                Sql.bind(statement, id.value(), number, piece);
                statement.executeUpdate();
                piece = in.readNBytes(PIECE);
            }
        }
    }

    @Override
    public byte[] read(BlobId id, long offset, int length) throws SQLException {
        byte[] octets = new byte[length];
        int filled = 0;
        while (filled < length) {
            long at = offset + filled;
            int inPiece = (int) (at % PIECE);
            int wanted = Math.min(length - filled, PIECE - inPiece);
            byte[] slice = slice(id, (int) (at / PIECE), inPiece, wanted);
            System.arraycopy(slice, 0, octets, filled, slice.length);
            filled += slice.length;
            if (slice.length < wanted) {
                return Arrays.copyOf(octets, filled);
            }
        }
        return octets;
    }

    private byte[] slice(BlobId id, int piece, int from, int length) throws SQLException {
        Optional<byte[]> found = piece == 0
                ? Sql.first(
                        connection,
                        "select substring(data from ? for ?) from blob where id = ?",
                        row -> row.getBytes(1),
                        from + 1,
                        length,
                        id.value())
                : Sql.first(
                        connection,
                        "select substring(data from ? for ?) from blob_chunk where blob_id = ? and chunk_no = ?",
                        row -> row.getBytes(1),
                        from + 1,
                        length,
                        id.value(),
                        piece);
        return found.orElseGet(() -> new byte[0]);
    }

    @Override
    public void delete(BlobId id) throws SQLException {
        Sql.update(connection, "delete from blob where id = ?", id.value());
    }
}
