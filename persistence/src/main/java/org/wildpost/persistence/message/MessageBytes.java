// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.sql.SQLException;
import org.wildpost.core.id.BlobId;
import org.wildpost.persistence.blob.BlobStore;

/** Where the bytes of one recipient's message are: its prefix, then the blob. */
public record MessageBytes(byte[] prefix, BlobId blob, long size) {
    /** Octets from {@code offset}, at most {@code length} and fewer at the end. */
    public byte[] slice(BlobStore blobs, long offset, int length) throws SQLException {
        int wanted = Math.clamp(size - offset, 0, length);
        if (wanted == 0) {
            return new byte[0];
        }
        int fromPrefix = Math.clamp(prefix.length - offset, 0, wanted);
        byte[] rest = fromPrefix == wanted
                ? new byte[0]
                : blobs.read(blob, offset + fromPrefix - prefix.length, wanted - fromPrefix);
        byte[] octets = new byte[fromPrefix + rest.length];
        System.arraycopy(prefix, (int) Math.min(offset, prefix.length), octets, 0, fromPrefix);
        System.arraycopy(rest, 0, octets, fromPrefix, rest.length);
        return octets;
    }
}
