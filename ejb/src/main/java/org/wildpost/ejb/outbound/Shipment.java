// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;

/**
 * A message and those of its recipients that share a destination.
 *
 * @param id           of the queued message, for logs
 * @param destination  the domain of all recipients
 * @param senderDomain whose routes, source address and greeting are used: the domain of the account that sent it, else of the reverse-path
 * @param reroute      where an operator sends it instead of the ordinary route
 * @param needsEight   whether the octets have 8-bit characters (RFC 6152)
 * @param needsUtf8    whether header or envelope need SMTPUTF8 at the next hop (RFC 6531 §3.2), whatever was declared
 * @param recipients   never empty
 */
public record Shipment(
        String id,
        DomainName destination,
        Optional<DomainName> senderDomain,
        Optional<Reroute> reroute,
        ReversePath reversePath,
        MailOptions options,
        List<ForwardPath> recipients,
        Octets octets,
        boolean needsEight,
        boolean needsUtf8) {
    public Shipment {
        recipients = List.copyOf(recipients);
    }

    /** Whether it must not go otherwise than over proved TLS; notifications go as well as they can (RFC 8689 §5). */
    public boolean requireTls() {
        return options.requireTls() && reversePath.address().isPresent();
    }

    /** The next hop that an operator named. */
    public record Reroute(String host, int port) {}

    /** The message with all its trace fields, as often as it is asked for. */
    public interface Octets {
        /** Octets in all. */
        long size();

        /** A fresh stream; the caller closes it. */
        InputStream open() throws IOException;
    }
}
