// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.Identity;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeCodec;
import org.wildpost.core.mime.MimePart;
import org.wildpost.core.search.SearchMatcher;

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
        implements SearchMatcher.Candidate {
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

    @Override
    public long size() {
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
