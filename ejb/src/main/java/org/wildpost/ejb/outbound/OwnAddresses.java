// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The addresses that lead to this server: those of its interfaces, looked at from time to time, and those that the operator named. Safe for all threads. */
final class OwnAddresses implements Supplier<Set<InetAddress>> {
    private static final Logger LOG = System.getLogger(OwnAddresses.class.getName());
    private static final long FRESH = Duration.ofMinutes(1).toNanos();

    private final Set<InetAddress> named;
    private volatile @Nullable Seen seen;

    private record Seen(Set<InetAddress> addresses, long at) {}

    OwnAddresses(Set<InetAddress> named) {
        this.named = Set.copyOf(named);
    }

    @Override
    public Set<InetAddress> get() {
        Seen last = seen;
        if (last == null || System.nanoTime() - last.at() > FRESH) {
            last = new Seen(look(), System.nanoTime());
            seen = last;
        }
        return last.addresses();
    }

    private Set<InetAddress> look() {
        Set<InetAddress> addresses = new HashSet<>(named);
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(addresses::add);
        } catch (SocketException e) {
            LOG.log(Level.WARNING, "The addresses of this host cannot be read", e);
        }
        return Set.copyOf(addresses);
    }
}
