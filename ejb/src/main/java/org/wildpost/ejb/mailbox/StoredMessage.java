// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.mime.MimeCodec;
import org.wildpost.core.mime.MimePart;
import org.wildpost.core.search.MessageOctets;
import org.wildpost.persistence.blob.PostgresBlobs;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.message.MessageBytes;
import org.wildpost.persistence.message.MessageReads;
import org.wildpost.persistence.message.MessageRow;

/** One message that a search looks at; its octets are read when a key asks for them. For one thread. */
final class StoredMessage implements MessageOctets {
    /** Octets from the start that are read together and kept, for most messages are smaller and most keys look at the header. */
    static final int HEAD = 64 * 1024;

    private final Database database;
    private final MailboxRef mailbox;
    private final MessageRow row;
    private final MimePart structure;
    private byte @Nullable [] head;

    /** The row must have been read with its structure. */
    StoredMessage(Database database, MailboxRef mailbox, MessageRow row) {
        this(database, mailbox, row, null);
    }

    /** @param head the first octets, as many as were read; null when there are none yet */
    StoredMessage(Database database, MailboxRef mailbox, MessageRow row, byte @Nullable [] head) {
        this.head = head;
        this.database = database;
        this.mailbox = mailbox;
        this.row = row;
        this.structure = MimeCodec.decodeStructure(Objects.requireNonNull(row.structure()))
                .shifted(row.prefixLength());
    }

    @Override
    public MimePart structure() {
        return structure;
    }

    @Override
    public byte[] octets(long offset, int length) {
        long end = Math.min(offset + length, row.size());
        byte[] known = head;
        if (known == null || end > known.length) {
            if (end > HEAD) {
                return read(offset, length);
            }
            known = read(0, HEAD);
            head = known;
        }
        // Shorter than its row says only when the message was expunged meanwhile.
        int from = (int) Math.min(offset, known.length);
        return Arrays.copyOfRange(known, from, Math.max(from, (int) Math.min(end, known.length)));
    }

    private byte[] read(long offset, int length) {
        return database.statement(connection -> {
            Optional<MessageBytes> bytes = new MessageReads(connection).bytes(mailbox, row.uid());
            return bytes.isEmpty() ? new byte[0] : bytes.get().slice(new PostgresBlobs(connection), offset, length);
        });
    }
}
