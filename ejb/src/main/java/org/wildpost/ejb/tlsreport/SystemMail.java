// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import java.util.Optional;
import org.wildpost.core.address.EmailAddress;

/** Takes messages that the server itself writes to somebody elsewhere. */
public interface SystemMail {
    /**
     * Queues a message.
     *
     * @param octets with canonical line ends
     * @return why not, if not; otherwise it is committed
     */
    Optional<String> post(EmailAddress from, EmailAddress to, byte[] octets);
}
