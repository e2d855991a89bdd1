// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.session;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Optional;
import org.wildpost.core.listener.Peer;

/** Describes a browser's connection as the listeners describe a mail client's. */
public final class Peers {
    private Peers() {}

    public static Peer of(HttpServletRequest request) {
        Optional<Peer.Tls> tls = Optional.empty();
        if (request.isSecure()) {
            Object cipher = request.getAttribute("jakarta.servlet.request.cipher_suite");
            tls = Optional.of(new Peer.Tls("TLS", cipher == null ? "" : cipher.toString()));
        }
        return new Peer(InetAddress.ofLiteral(request.getRemoteAddr()), Math.max(request.getRemotePort(), 0), tls);
    }
}
