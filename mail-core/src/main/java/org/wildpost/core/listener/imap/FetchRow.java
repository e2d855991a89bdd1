// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.message.Flags;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.MimePart;

/**
 * One message's stored row.
 *
 * @param messageId the identity of the row, stable over moves (RFC 8474 EMAILID)
 * @param size      RFC822.SIZE, the trace fields of ours included
 * @param envelope  present when asked for
 * @param structure present when asked for, offsets already those of the whole message
 * @param preview   RFC 8970
 */
public record FetchRow(
        long uid,
        long messageId,
        Flags flags,
        long modSeq,
        Instant internalDate,
        long size,
        Optional<Envelope> envelope,
        Optional<MimePart> structure,
        String preview) {}
