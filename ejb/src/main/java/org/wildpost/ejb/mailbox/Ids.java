// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import org.wildpost.persistence.jdbc.IdBlocks;

/** The row ids that this server has in hand. */
@ApplicationScoped
class Ids {
    private final IdBlocks blobs = new IdBlocks("blob_seq");
    private final IdBlocks messages = new IdBlocks("message_seq");

    IdBlocks blobs() {
        return blobs;
    }

    IdBlocks messages() {
        return messages;
    }
}
