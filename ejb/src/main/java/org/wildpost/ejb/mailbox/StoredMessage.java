// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.mime.MimePart;
import org.wildpost.core.search.SearchKey;
import org.wildpost.persistence.blob.PostgresBlobs;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.message.MessageBytes;
import org.wildpost.persistence.message.MessageReads;
import org.wildpost.persistence.message.MessageRow;

/** One message that a search looks at; its octets are read when a key asks for them, slice by slice. For one thread. */
final class StoredMessage {
    private static final int SLICE = 256 * 1024;

    private final Database database;
    private final MailboxRef mailbox;
    private final MessageRow row;
    private @Nullable String header;

    StoredMessage(Database database, MailboxRef mailbox, MessageRow row) {
        this.database = database;
        this.mailbox = mailbox;
        this.row = row;
    }

    boolean matches(SearchKey key) {
        return switch (key) {
            case SearchKey.And and -> and.keys().stream().allMatch(this::matches);
            case SearchKey.Or or -> matches(or.left()) || matches(or.right());
            case SearchKey.Not not -> !matches(not.key());
            case SearchKey.Header field -> hasField(field.field(), field.text());
            case SearchKey.Body body -> contains(bodyOffset(), body.text());
            case SearchKey.Text text -> contains(0, text.text());
            default ->
                database.statement(connection -> new MessageReads(connection)
                                .search(
                                        mailbox,
                                        org.wildpost.persistence.message.SearchFilter.of(new SearchKey.And(
                                                java.util.List.of(new SearchKey.Uids(new long[] {row.uid()}), key))))
                                .length
                        > 0);
        };
    }

    private boolean hasField(String field, String text) {
        String start = field.toLowerCase(Locale.ROOT) + ":";
        String wanted = text.toLowerCase(Locale.ROOT);
        return header().lines()
                .anyMatch(line ->
                        line.startsWith(start) && line.substring(start.length()).contains(wanted));
    }

    /** Unfolded, in lower case. */
    private String header() {
        String known = header;
        if (known == null) {
            byte[] octets = slice(0, (int) Math.min(bodyOffset(), SLICE));
            known = new String(octets, StandardCharsets.UTF_8)
                    .replaceAll("\r\n(?=[ \t])", "")
                    .toLowerCase(Locale.ROOT);
            header = known;
        }
        return known;
    }

    private boolean contains(long from, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        int overlap = wanted.getBytes(StandardCharsets.UTF_8).length;
        for (long at = from; at < row.size(); at += SLICE - overlap) {
            String part = new String(slice(at, SLICE), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            if (part.contains(wanted)) {
                return true;
            }
        }
        return wanted.isEmpty();
    }

    private long bodyOffset() {
        return Optional.ofNullable(row.structure())
                        .map(IndexCodec::decodeStructure)
                        .map(MimePart::bodyOffset)
                        .orElse(0L)
                + row.prefixLength();
    }

    private byte[] slice(long offset, int length) {
        return database.statement(connection -> {
            Optional<MessageBytes> bytes = new MessageReads(connection).bytes(mailbox, row.uid());
            return bytes.isEmpty() ? new byte[0] : bytes.get().slice(new PostgresBlobs(connection), offset, length);
        });
    }
}
