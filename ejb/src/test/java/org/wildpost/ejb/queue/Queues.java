// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

/** Leaves nothing of an earlier test. */
final class Queues {
    private Queues() {}

    static void empty(TestNode node) {
        node.execute("truncate queue_entry, queued_message, queue_destination, queue_node, delivery_record,"
                + " delivery_attempt, message_row, vault_message, mailbox_change, blob cascade");
        node.execute("update mailbox set uid_next = 1, messages = 0, unseen = 0, size = 0");
    }
}
