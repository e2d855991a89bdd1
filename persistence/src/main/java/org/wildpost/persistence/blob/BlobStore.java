// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.blob;

import java.io.IOException;
import java.sql.SQLException;
import org.wildpost.core.id.BlobId;
import org.wildpost.core.message.SpooledMessage;

/** Keeps message bytes. Written once, read in slices. */
public interface BlobStore {
    /** Writes all octets of a message; they are there for others once the surrounding transaction commits. */
    void write(BlobId id, SpooledMessage message) throws SQLException, IOException;

    /** Octets from {@code offset}, at most {@code length}; fewer at the end, none after it or when there is no such blob. */
    byte[] read(BlobId id, long offset, int length) throws SQLException;

    /** Takes the bytes away. */
    void delete(BlobId id) throws SQLException;
}
