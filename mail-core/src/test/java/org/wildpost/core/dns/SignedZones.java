// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A small world of zones, from the root down, served by Debian's nsd on loopback: {@code signed.test} (NSEC), {@code nsec3.test} (NSEC3),
 * {@code plain.test} (delegated without DS), {@code forged.test} (an address changed after it was signed), {@code expired.test} (signatures of
 * years ago) and {@code stripped.test} (a DS, but no signatures).
 */
public final class SignedZones implements AutoCloseable {
    static final String MANY = "x".repeat(200);

    static final List<String> NAMES = List.of(
            ".",
            "test.",
            "signed.test.",
            "nsec3.test.",
            "plain.test.",
            "forged.test.",
            "expired.test.",
            "stripped.test.");

    private static final String HEAD = """
            $TTL 300
            @ IN SOA ns.test. hostmaster.test. 1 3600 900 604800 60
            @ IN NS ns.test.
            """;

    private static final String HOSTS = """
            @ IN MX 20 mx2
            @ IN MX 10 mx
            mx IN A 192.0.2.1
            mx IN AAAA 2001:db8::1
            mx2 IN A 192.0.2.2
            www IN CNAME mx
            away IN CNAME mx.plain.test.
            home IN CNAME mx.signed.test.
            _25._tcp.mx IN TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            text IN TXT "one " "record"
            *.wild IN A 192.0.2.9
            nomail IN MX 0 .
            """;

    private final Path folder;
    private final InetSocketAddress address;
    private final Process nsd;
    private String anchors = "";

    /** The zones as they are. */
    public SignedZones(Path folder) throws IOException {
        this(folder, "");
    }

    /**
     * @param more lines for {@code signed.test}, in zone file format
     */
    public SignedZones(Path folder, String more) throws IOException {
        this.folder = folder;
        String program = DaemonTools.installed("nsd");
        DaemonTools.installed("ldns-signzone");
        DaemonTools.installed("ldns-keygen");
        int port = DaemonTools.freePort();
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        makeZones(more);
        Path configuration = folder.resolve("nsd.conf");
        Files.writeString(configuration, configuration(port));
        this.nsd = DaemonTools.start(folder, program, "-d", "-c", configuration.toString());
        DaemonTools.awaitAnswer(address, nsd, folder.resolve("nsd.log"));
    }

    /** Where nsd answers. */
    public InetSocketAddress address() {
        return address;
    }

    /** The key of the root, as a DS record. */
    public String anchors() {
        return anchors;
    }

    private void makeZones(String more) throws IOException {
        List<String> delegations = new ArrayList<>(List.of("ns IN A 127.0.0.1", "text IN TXT \"of the parent\""));
        for (String zone : List.of("signed", "nsec3", "plain", "forged", "expired", "stripped")) {
            String name = zone + ".test.";
            String text = HEAD + HOSTS + (zone.equals("signed") ? many() + more : "");
            delegations.add(zone + " IN NS ns.test.");
            switch (zone) {
                case "plain" -> write(name, text);
                case "nsec3" -> delegations.add(sign(name, text, "-n", "-t", "1", "-s", "beef"));
                case "expired" -> delegations.add(sign(name, text, "-i", "20190101", "-e", "20200101"));
                default -> delegations.add(sign(name, text));
            }
        }
        edit(
                "forged.test.",
                line -> line.matches("(?i)mx2\\.forged\\.test\\.\\s.*\\sA\\s.*")
                        ? line.replace("192.0.2.2", "192.0.2.66")
                        : line);
        edit("stripped.test.", line -> line.contains("RRSIG") ? "" : line);
        String ds = sign("test.", HEAD + String.join("\n", delegations) + "\n");
        anchors = sign(".", HEAD + "test. IN NS ns.test.\nns.test. IN A 127.0.0.1\n" + ds + "\n");
    }

    /** More text than a datagram has room for. */
    private static String many() {
        return String.join(
                        "\n",
                        Stream.iterate(0, i -> i + 1)
                                .limit(20)
                                .map(i -> "many IN TXT \"" + i + MANY + "\"")
                                .toList())
                + "\n";
    }

    /** Signs a zone with fresh keys; the DS record for its parent. */
    private String sign(String name, String text, String... options) throws IOException {
        Path file = folder.resolve(file(name));
        Files.writeString(file, "$ORIGIN " + name + "\n" + text);
        String ksk = DaemonTools.run(folder, List.of("ldns-keygen", "-a", "ECDSAP256SHA256", "-k", name))
                .getLast()
                .strip();
        String zsk = DaemonTools.run(folder, List.of("ldns-keygen", "-a", "ECDSAP256SHA256", name))
                .getLast()
                .strip();
        List<String> command = new ArrayList<>(List.of("ldns-signzone"));
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("-o", name, "-f", file + ".signed", file.toString(), ksk, zsk));
        DaemonTools.run(folder, command);
        Files.move(Path.of(file + ".signed"), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return Files.readString(folder.resolve(ksk + ".ds")).strip();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(file(name)), "$ORIGIN " + name + "\n" + text);
    }

    private void edit(String name, java.util.function.UnaryOperator<String> change) throws IOException {
        Path file = folder.resolve(file(name));
        List<String> before = Files.readAllLines(file);
        List<String> after = before.stream().map(change).toList();
        if (before.equals(after)) {
            throw new IllegalStateException("nothing of " + name + " was changed");
        }
        Files.write(file, after);
    }

    private static String file(String name) {
        return name.equals(".") ? "root.zone" : name + "zone";
    }

    private String configuration(int port) {
        StringBuilder text = new StringBuilder("""
                server:
                  ip-address: 127.0.0.1
                  port: %d
                  server-count: 1
                  username: ""
                  database: ""
                  pidfile: ""
                  zonesdir: "%s"
                  zonelistfile: "%s/zone.list"
                  xfrdfile: "%s/xfrd.state"
                  xfrdir: "%s"
                  rrl-ratelimit: 0
                remote-control:
                  control-enable: no
                """.formatted(port, folder, folder, folder, folder));
        for (String zone : NAMES) {
            text.append("zone:\n  name: \"%s\"\n  zonefile: \"%s\"\n".formatted(zone, file(zone)));
        }
        return text.toString();
    }

    @Override
    public void close() {
        DaemonTools.stop(nsd);
    }
}
