// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import org.wildpost.core.address.DomainName;

/**
 * A host that may take the message.
 *
 * @param host its name, or an address literal
 * @param port 25 but for smarthosts and reroutes
 */
public record NextHop(DomainName host, int port) {
    /** SMTP between servers (RFC 5321 §4.5.4.2). */
    public static final int SMTP_PORT = 25;

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
