// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.ejb.outbound.Attempt;
import org.wildpost.ejb.outbound.Shipment;

/** Brings a message that was held to its recipients of this server, when its moment has come (RFC 4865 §4.2). Safe for all threads. */
public interface LocalCourier {
    /**
     * A message that was held.
     *
     * @param deliveryId   what the client was told and what Received carries
     * @param account      who handed it in
     * @param senderDomain that of the account's own address
     * @param received     when it came
     * @param trace        its Received field, which stands in front of the message
     * @param octets       the trace and then the message
     */
    record Held(
            String deliveryId,
            Optional<AccountId> account,
            Optional<DomainName> senderDomain,
            ReversePath reversePath,
            MailOptions options,
            Instant received,
            byte[] trace,
            Shipment.Octets octets) {}

    /**
     * Delivers it; what is delivered is committed.
     *
     * @param recipients as they were asked for
     * @return an outcome for each of them, in order
     * @throws IOException when the message cannot be read or kept now; like any fault it means that it is tried again
     */
    List<Attempt.Outcome> deliver(Held held, List<ForwardPath> recipients) throws IOException;
}
