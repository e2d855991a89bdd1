// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.Identity;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeCodec;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.core.mime.MimePart;
import org.wildpost.core.search.MessageOctets;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.summary.MessageSummary;
import org.wildpost.core.summary.SummaryRow;

/** One message of {@link MemoryMail} in one state of its flags. */
record MemoryMessage(
        long uid,
        long modSeq,
        long messageId,
        Identity identity,
        Flags flags,
        Instant internalDate,
        byte[] bytes,
        MessageIndex index)
        implements MessageOctets {
    MemoryMessage flagged(Flags other, long at) {
        return new MemoryMessage(uid, at, messageId, identity, other, internalDate, bytes, index);
    }

    /** The same bytes at another place. */
    MemoryMessage placed(long otherUid, long at, long id, Instant saved) {
        Identity same = new Identity(identity.emailId(), identity.threadId(), Optional.of(saved));
        return new MemoryMessage(otherUid, at, id, same, flags, internalDate, bytes, index);
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
                index.preview(),
                Optional.of(identity));
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

    /** Whether a key about its identity matches. */
    boolean is(SearchKey key) {
        return switch (key) {
            case SearchKey.SameEmail(long id) -> identity.emailId() == id;
            case SearchKey.InThread(long id) -> identity.threadId().equals(OptionalLong.of(id));
            case SearchKey.Saved(SearchKey.When when, LocalDate date) -> {
                LocalDate day = LocalDate.ofInstant(identity.saved().orElse(internalDate), ZoneOffset.UTC);
                yield switch (when) {
                    case BEFORE -> day.isBefore(date);
                    case ON -> day.isEqual(date);
                    case SINCE -> !day.isBefore(date);
                };
            }
            default -> throw new IllegalArgumentException("not about an identity: " + key);
        };
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
