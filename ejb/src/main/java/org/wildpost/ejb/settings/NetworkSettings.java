// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.dns.DnsServers;
import org.wildpost.core.dns.DnsSettings;

/**
 * What the operator set about the network around this server, as system properties {@code wildpost.*}, checked once at the start. An empty property counts as none.
 * Immutable.
 */
@ApplicationScoped
public class NetworkSettings {
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final int SMTP_PORT = 25;
    private static final int MAX_PORT = 65_535;

    private final Function<String, @Nullable String> properties;
    private final DnsSettings dns;
    private final Set<InetAddress> ownAddresses;
    private final int remoteSmtpPort;

    /**
     * From the system's properties.
     *
     * @throws IllegalStateException when one of them is malformed, or they do not go together
     */
    public NetworkSettings() {
        this(System::getProperty);
    }

    NetworkSettings(Function<String, @Nullable String> properties) {
        this.properties = properties;
        this.dns = readDns();
        this.ownAddresses = readOwnAddresses();
        this.remoteSmtpPort = text("wildpost.remote.smtp.port")
                .map(value -> number("wildpost.remote.smtp.port", value, MAX_PORT))
                .orElse(SMTP_PORT);
    }

    /** Makes the bean at the start, so that a mistake stops it. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    /**
     * Whom to ask about names, and what to believe: {@code wildpost.dns.servers} (else those of {@code /etc/resolv.conf}), {@code wildpost.dns.timeout.seconds},
     * {@code wildpost.dns.validate}, {@code wildpost.dns.trust.ad}, and {@code wildpost.dns.trust.anchors}, a file of DS or DNSKEY records instead of the root's.
     */
    public DnsSettings dns() {
        return dns;
    }

    /** Addresses under which others reach this server although none of its interfaces has them, {@code wildpost.own.addresses}. */
    public Set<InetAddress> ownAddresses() {
        return ownAddresses;
    }

    /** The port of other servers, {@code wildpost.remote.smtp.port}; another one than 25 for tests, and where a firewall moves it. */
    public int remoteSmtpPort() {
        return remoteSmtpPort;
    }

    private DnsSettings readDns() {
        boolean trustAd = truth("wildpost.dns.trust.ad", false);
        boolean validate = truth("wildpost.dns.validate", true);
        DnsSettings.Proof proof =
                trustAd ? DnsSettings.Proof.AD_BIT : validate ? DnsSettings.Proof.IN_PROCESS : DnsSettings.Proof.NONE;
        try {
            return new DnsSettings(
                    text("wildpost.dns.servers")
                            .map(NetworkSettings::dnsServers)
                            .orElseGet(() ->
                                    DnsServers.ofResolvConf(file(RESOLV_CONF).orElse(""))),
                    text("wildpost.dns.timeout.seconds")
                            .map(value -> Duration.ofSeconds(number("wildpost.dns.timeout.seconds", value, 60)))
                            .orElse(DnsSettings.DEFAULT_TIME_LIMIT),
                    proof,
                    text("wildpost.dns.trust.anchors")
                            .map(NetworkSettings::anchors)
                            .orElse(DnsSettings.ROOT_ANCHORS));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("wildpost.dns.*: " + e.getMessage(), e);
        }
    }

    private Set<InetAddress> readOwnAddresses() {
        String name = "wildpost.own.addresses";
        Set<InetAddress> addresses = new HashSet<>();
        for (String part : text(name).orElse("").split(",", -1)) {
            if (!part.isBlank()) {
                try {
                    addresses.add(InetAddress.ofLiteral(part.strip()));
                } catch (IllegalArgumentException e) {
                    throw malformed(name, part.strip(), "addresses with commas between them");
                }
            }
        }
        return Set.copyOf(addresses);
    }

    private static List<InetSocketAddress> dnsServers(String value) {
        try {
            return DnsServers.parse(value);
        } catch (IllegalArgumentException e) {
            throw malformed("wildpost.dns.servers", value, "addresses, perhaps with ports, with commas between them");
        }
    }

    private static String anchors(String name) {
        return file(Path.of(name))
                .orElseThrow(() -> malformed("wildpost.dns.trust.anchors", name, "a file that can be read"));
    }

    private static Optional<String> file(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> text(String name) {
        String value = properties.apply(name);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    private boolean truth(String name, boolean absent) {
        return text(name)
                .map(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on", "1" -> true;
                    case "false", "no", "off", "0" -> false;
                    default -> throw malformed(name, value, "true or false");
                })
                .orElse(absent);
    }

    private static int number(String name, String value, int most) {
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        }
        throw malformed(name, value, "a number from 1 to " + most);
    }

    private static IllegalStateException malformed(String name, String value, String wanted) {
        return new IllegalStateException(name + " is '" + value + "'; it must be " + wanted);
    }
}
