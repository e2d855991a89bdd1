// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.Peer;

/**
 * The client of a session as it stands when a question is asked.
 *
 * @param sessionId unique in the server's life, for logs and Received
 * @param service   the port's purpose
 * @param peer      address and TLS
 * @param helo      the argument of EHLO or HELO
 * @param extended  whether it was EHLO
 * @param login     who logged in, if anyone
 */
public record SmtpClient(
        String sessionId, SmtpService service, Peer peer, String helo, boolean extended, Optional<Login> login) {
    /** An authenticated owner. */
    public record Login(AccountId account, EmailAddress address) {}
}
