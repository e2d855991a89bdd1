// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;

/**
 * What of a message leaves for other servers with one envelope, or waits here; its octets are the prefix and then those of the message.
 *
 * @param account      whose mail it is: who sent it, or whose redirect it follows; empty for what the server itself writes
 * @param senderDomain whose routes and limits apply
 * @param prefix       header fields in front of the message, each with its CRLF
 * @param recipients   never empty, of any domains
 * @param here         whether they are of this server and the copy only waits to be released to them
 */
public record OutgoingCopy(
        Optional<AccountId> account,
        Optional<DomainName> senderDomain,
        ReversePath reversePath,
        MailOptions options,
        byte[] prefix,
        List<ForwardPath> recipients,
        boolean here) {
    public OutgoingCopy {
        recipients = List.copyOf(recipients);
    }

    /** A copy for other servers. */
    public OutgoingCopy(
            Optional<AccountId> account,
            Optional<DomainName> senderDomain,
            ReversePath reversePath,
            MailOptions options,
            byte[] prefix,
            List<ForwardPath> recipients) {
        this(account, senderDomain, reversePath, options, prefix, recipients, false);
    }
}
