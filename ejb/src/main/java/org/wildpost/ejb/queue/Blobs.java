// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.wildpost.core.id.BlobId;
import org.wildpost.ejb.outbound.Shipment;
import org.wildpost.persistence.blob.PostgresBlobs;
import org.wildpost.persistence.jdbc.Database;

/** The octets of a consignment: its prefix and then its message, from memory or piece by piece from the database. */
record Blobs(Database database, Consignment consignment) implements Shipment.Octets {
    /** Octets that are read at once. */
    static final int PIECE = 256 * 1024;

    @Override
    public long size() {
        return consignment.message().size();
    }

    @Override
    public InputStream open() {
        InputStream prefix = new ByteArrayInputStream(consignment.message().prefix());
        byte[] octets = consignment.octets();
        return new SequenceInputStream(
                prefix,
                octets == null
                        ? new BlobStream(
                                database,
                                consignment.message().blob(),
                                size() - consignment.message().prefix().length)
                        : new ByteArrayInputStream(octets));
    }

    /** Reads a blob and holds no connection between two pieces. */
    private static final class BlobStream extends InputStream {
        private final Database database;
        private final BlobId blob;
        private final long length;
        private byte[] piece = new byte[0];
        private int at;
        private long offset;

        BlobStream(Database database, BlobId blob, long length) {
            this.database = database;
            this.blob = blob;
            this.length = length;
        }

        @Override
        public int read() throws IOException {
            return fill() ? piece[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, target, from, count);
            at += count;
            return count;
        }

        private boolean fill() throws IOException {
            if (at < piece.length) {
                return true;
            }
            if (offset == length) {
                return false;
            }
            try {
                piece = database.statement(connection -> new PostgresBlobs(connection).read(blob, offset, PIECE));
            } catch (RuntimeException e) {
                throw new IOException("the message cannot be read now", e);
            }
            at = 0;
            offset += piece.length;
            if (piece.length == 0) {
                // Never let a message look whole that is not.
                throw new IOException("the message has fewer octets than it must");
            }
            return true;
        }
    }
}
