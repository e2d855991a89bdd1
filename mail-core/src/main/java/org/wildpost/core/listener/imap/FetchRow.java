// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.Identity;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.MimeCodec;
import org.wildpost.core.mime.MimePart;

/**
 * One message's stored row.
 *
 * @param messageId        the identity of the row, stable over moves
 * @param size             RFC822.SIZE, the trace fields of ours included
 * @param encodedEnvelope  as {@link MimeCodec} wrote it, present when asked for
 * @param encodedStructure likewise, its offsets without the prefix
 * @param prefixLength     octets in front of those that the structure knows
 * @param preview          RFC 8970
 * @param identity         present when it was asked for
 */
public record FetchRow(
        long uid,
        long messageId,
        Flags flags,
        long modSeq,
        Instant internalDate,
        long size,
        byte @Nullable [] encodedEnvelope,
        byte @Nullable [] encodedStructure,
        int prefixLength,
        String preview,
        Optional<Identity> identity) {
    /** Decoded; empty when it was not asked for. */
    public Optional<Envelope> envelope() {
        return Optional.ofNullable(encodedEnvelope).map(MimeCodec::decodeEnvelope);
    }

    /** Decoded, offsets those of the whole message; empty when it was not asked for. */
    public Optional<MimePart> structure() {
        return Optional.ofNullable(encodedStructure)
                .map(MimeCodec::decodeStructure)
                .map(structure -> structure.shifted(prefixLength));
    }

    /**
     * Octets of the header, the empty line behind it included.
     *
     * @throws IllegalStateException when the structure was not asked for
     */
    public long headerLength() {
        if (encodedStructure == null) {
            throw new IllegalStateException("a row without its structure");
        }
        return Math.min(size, MimeCodec.bodyOffset(encodedStructure) + prefixLength);
    }
}
