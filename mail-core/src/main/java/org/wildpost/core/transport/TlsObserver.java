// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.net.InetAddress;

/** Is told what became of TLS on a fresh connection. Returns at once and never throws. */
@FunctionalInterface
public interface TlsObserver {
    /**
     * @param local  the address called from
     * @param remote the address called
     */
    void saw(InetAddress local, InetAddress remote, TlsSighting tls);
}
