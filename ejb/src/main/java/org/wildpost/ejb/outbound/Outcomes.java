// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.wildpost.core.transport.Fate;
import org.wildpost.core.transport.TlsSighting;
import org.wildpost.core.transport.Verification;

/** Words of the transport in words of attempts. */
final class Outcomes {
    private Outcomes() {}

    static Attempt.Outcome of(Fate fate) {
        return switch (fate) {
            case Fate.Taken(String status, String text, boolean relayedDsn, boolean watchesDeadline) ->
                new Attempt.Delivered(status, text, relayedDsn, watchesDeadline);
            case Fate.Later(String status, String text, Fate.Scope scope, Fate.Chance chance) ->
                new Attempt.Deferred(status, text, scope(scope));
            case Fate.Never(String status, String text, Fate.Chance chance) -> new Attempt.Failed(status, text);
        };
    }

    private static Attempt.Scope scope(Fate.Scope scope) {
        return switch (scope) {
            case RECIPIENT -> Attempt.Scope.RECIPIENT;
            case MESSAGE -> Attempt.Scope.MESSAGE;
            case HOST -> Attempt.Scope.DESTINATION;
        };
    }

    /**
     * Who demands proved TLS wants the message back when the host cannot give it, not that it waits (RFC 8689 §4.2.1).
     *
     * @param fate of a call that failed
     */
    static Fate ofProofDemanded(Fate fate) {
        boolean tls = fate.status().equals("4.7.4") || fate.status().equals("4.7.5");
        return tls ? new Fate.Never("5.7.10", fate.text(), fate.chance()) : fate;
    }

    static Attempt.Tls tls(TlsSighting.Secured secured) {
        String by = secured.verification() instanceof Verification.Proved(String means) ? means : "none";
        return new Attempt.Tls(secured.protocol(), secured.cipher(), by);
    }

    /** Address and port, as they are written in URLs (RFC 5952 §6). */
    static String address(InetSocketAddress address) {
        return address(address.getAddress(), address.getPort());
    }

    static String address(InetAddress address, int port) {
        String host = address.getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** Where an outcome came about. */
    record Place(Optional<String> host, Optional<String> address, Optional<Attempt.Tls> tls, String policy) {
        static final Place NOWHERE = new Place(Optional.empty(), Optional.empty(), Optional.empty(), "");
    }
}
