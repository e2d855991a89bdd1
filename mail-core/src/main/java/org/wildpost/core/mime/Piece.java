// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

/** One after the other, what a changed message is made of. */
sealed interface Piece {
    /** Octets of the source as they are. */
    record Copied(long octets) implements Piece {}

    /**
     * Other octets in place of some of the source.
     *
     * @param skipped octets of the source that are passed over
     */
    record Replaced(long skipped, byte[] octets) implements Piece {}

    /** Octets of the source in quoted-printable (RFC 2045 §6.7). */
    record Quoted(long octets) implements Piece {}

    /** Octets of the source in Base64 (RFC 2045 §6.8). */
    record Based(long octets) implements Piece {}
}
