// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

/**
 * The beginning of a message.
 *
 * @param prefix the recipient's trace fields
 * @param blob   the first octets behind them
 */
public record MessageHead(long uid, byte[] prefix, byte[] blob) {
    /** Both in a row. */
    public byte[] octets() {
        byte[] octets = new byte[prefix.length + blob.length];
        System.arraycopy(prefix, 0, octets, 0, prefix.length);
        System.arraycopy(blob, 0, octets, prefix.length, blob.length);
        return octets;
    }
}
