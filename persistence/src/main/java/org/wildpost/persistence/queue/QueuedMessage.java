// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.BlobId;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;

/**
 * What is the same for all recipients of a message that waits.
 *
 * @param id           of the row
 * @param deliveryId   what the client was told and what logs and Received carry
 * @param prefix       header fields before the octets of the blob
 * @param size         octets of prefix and blob
 * @param account      whose mail it is; empty: the server's own
 * @param senderDomain whose routes apply
 * @param messageId    the Message-ID field, or ""
 * @param subject      decoded, for lists
 * @param needsEight   whether octets have 8-bit characters
 * @param needsUtf8    whether the header has, so that the next hop needs SMTPUTF8
 * @param recipients   entries that it began with
 */
public record QueuedMessage(
        long id,
        String deliveryId,
        BlobId blob,
        byte[] prefix,
        long size,
        Optional<AccountId> account,
        Optional<DomainName> senderDomain,
        ReversePath reversePath,
        MailOptions options,
        String messageId,
        String subject,
        boolean needsEight,
        boolean needsUtf8,
        Instant created,
        int recipients) {
    /** The account as its column has it. */
    long accountColumn() {
        return account.map(AccountId::value).orElse(0L);
    }
}
