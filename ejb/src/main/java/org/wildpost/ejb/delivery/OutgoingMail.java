// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.wildpost.core.id.BlobId;
import org.wildpost.ejb.queue.OutgoingCopy;

/** Where mail for other servers waits. Safe for all threads. */
public interface OutgoingMail {
    /**
     * Puts copies there, in the transaction that stores the message; they leave after its commit.
     *
     * @param blob   the message's octets
     * @param copies never empty
     */
    void enqueue(Connection connection, BlobId blob, Delivery delivery, List<OutgoingCopy> copies) throws SQLException;
}
