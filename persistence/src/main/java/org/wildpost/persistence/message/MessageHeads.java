// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.persistence.jdbc.Sql;

/** The first octets of many messages in one statement. As safe for threads as its connection. */
public final class MessageHeads {
    // Not "= any": each message has a length of its own, and the planner takes unnest for a few rows, which makes it
    // look each up.
    private static final String HEADS = "select w.n, c.prefix, substring(b.data from 1 for w.octets::integer)"
            + " from unnest(?::bigint[], ?::bigint[]) with ordinality as w (uid, octets, n)"
            + " join message m on m.mailbox_id = ? and m.account_id = ? and m.uid = w.uid"
            + " join content c on c.blob_id = m.blob_id and c.email_id = m.email_id"
            + " join blob b on b.id = m.blob_id";

    private final Connection connection;

    public MessageHeads(Connection connection) {
        this.connection = connection;
    }

    /**
     * Reads them.
     *
     * @param lengths how many octets of each, no more than the first piece of a blob has
     * @return at the index of its UID; empty where there is no such message
     */
    public List<Optional<byte[]>> read(MailboxRef mailbox, long[] uids, long[] lengths) throws SQLException {
        List<Optional<byte[]>> heads = new ArrayList<>(Collections.nCopies(uids.length, Optional.empty()));
        Sql.each(
                connection,
                HEADS,
                row -> {
                    int index = (int) row.getLong(1) - 1;
                    heads.set(index, Optional.of(joined(row.getBytes(2), row.getBytes(3), (int) lengths[index])));
                },
                uids,
                lengths,
                mailbox.mailbox().value(),
                mailbox.account().value());
        return heads;
    }

    private static byte[] joined(byte[] prefix, byte[] data, int length) {
        if (prefix.length == 0) {
            return data;
        }
        byte[] head = Arrays.copyOf(prefix, Math.min(length, prefix.length + data.length));
        int room = Math.max(0, head.length - prefix.length);
        System.arraycopy(data, 0, head, head.length - room, room);
        return head;
    }
}
