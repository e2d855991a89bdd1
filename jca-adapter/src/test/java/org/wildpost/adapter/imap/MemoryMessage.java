// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeCodec;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.core.mime.MimePart;
import org.wildpost.core.search.MessageOctets;
import org.wildpost.core.summary.MessageSummary;
import org.wildpost.core.summary.SummaryRow;

/** One message of {@link MemoryMail} in one state of its flags. */
record MemoryMessage(
        long uid, long modSeq, long messageId, Flags flags, Instant internalDate, byte[] bytes, MessageIndex index)
        implements MessageOctets {
    MemoryMessage flagged(Flags other, long at) {
        return new MemoryMessage(uid, at, messageId, other, internalDate, bytes, index);
    }

    /** The same bytes at another place. */
    MemoryMessage placed(long otherUid, long at, long id) {
        return new MemoryMessage(otherUid, at, id, flags, internalDate, bytes, index);
    }

    FetchRow row(Set<FetchDetail> details) {
        return new FetchRow(
                uid,
                messageId,
                flags,
                modSeq,
                internalDate,
                size(),
                details.contains(FetchDetail.ENVELOPE) ? MimeCodec.encode(index.envelope()) : null,
                details.contains(FetchDetail.STRUCTURE) ? MimeCodec.encode(index.root()) : null,
                0,
                index.preview());
    }

    Changes.Changed state() {
        return new Changes.Changed(uid, flags, modSeq);
    }

    /** What searches see, whatever index the test has. */
    SummaryRow summary() {
        try (SpooledMessage spooled = SpooledMessage.of(bytes)) {
            Envelope envelope = MimeIndexer.index(spooled).envelope();
            return new SummaryRow(uid, flags, modSeq, MessageSummary.of(envelope, true, internalDate, size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long size() {
        return bytes.length;
    }

    @Override
    public MimePart structure() {
        return index.root();
    }

    @Override
    public byte[] octets(long offset, int length) {
        int from = (int) Math.min(offset, bytes.length);
        return Arrays.copyOfRange(bytes, from, (int) Math.min(bytes.length, offset + length));
    }
}
