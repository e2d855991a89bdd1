// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Debian's unbound as the recursive server of a test, in front of {@link SignedZones}. */
final class Unbound implements AutoCloseable {
    private final InetSocketAddress address;
    private final Process process;

    /**
     * @param validates whether it checks signatures and says so with the AD bit; else it only passes them on
     */
    Unbound(Path folder, SignedZones zones, boolean validates) throws IOException {
        String program = DaemonTools.installed("unbound");
        int port = DaemonTools.freePort();
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Files.writeString(folder.resolve("root.ds"), zones.anchors() + "\n");
        Path configuration = folder.resolve("unbound.conf");
        Files.writeString(
                configuration,
                """
                server:
                  interface: 127.0.0.1
                  port: %d
                  do-ip6: no
                  username: ""
                  chroot: ""
                  directory: "%s"
                  pidfile: ""
                  use-syslog: no
                  do-daemonize: no
                  do-not-query-localhost: no
                  local-zone: "test." nodefault
                  access-control: 127.0.0.0/8 allow
                  module-config: "%s"
                  trust-anchor-file: "root.ds"
                remote-control:
                  control-enable: no
                """.formatted(port, folder, validates ? "validator iterator" : "iterator")
                        + SignedZones.NAMES.stream()
                                .map(zone -> stub(zone, zones.address().getPort()))
                                .collect(Collectors.joining()));
        process = DaemonTools.start(folder, program, "-d", "-c", configuration.toString());
        DaemonTools.awaitAnswer(address, process, folder.resolve("unbound.log"));
    }

    /** A server on a port of its own is not found by referrals: each zone is told where it is. */
    private static String stub(String zone, int port) {
        return "stub-zone:\n  name: \"" + zone + "\"\n  stub-addr: 127.0.0.1@" + port + "\n";
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        DaemonTools.stop(process);
    }
}
