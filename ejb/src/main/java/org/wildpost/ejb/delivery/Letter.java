// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;

/**
 * A message as its copies are made of it: one that arrives now, or one that was held and whose moment has come.
 *
 * @param id       what the client was told and what logs and Received carry
 * @param owner    who of this server handed it in; empty: a stranger
 * @param received when it arrived
 * @param stamp    writes its Received field
 */
record Letter(
        String id,
        Optional<Owner> owner,
        ReversePath reversePath,
        MailOptions options,
        Instant received,
        SpooledMessage message,
        MessageIndex index,
        Stamp stamp) {
    /**
     * Somebody of this server.
     *
     * @param domain that of the account's own address
     */
    record Owner(AccountId account, DomainName domain) {}

    /** Where a message came from and when, as a header field with its CRLF (RFC 5321 §4.4). */
    @FunctionalInterface
    interface Stamp {
        /**
         * Writes it.
         *
         * @param recipient for whom the message came here; empty where that is nobody else's business
         */
        byte[] received(Optional<EmailAddress> recipient);
    }
}
