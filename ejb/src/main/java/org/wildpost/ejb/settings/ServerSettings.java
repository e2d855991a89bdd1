// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.DnsServers;
import org.wildpost.core.dns.DnsSettings;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.srs.Srs;

/**
 * What the operator set, as system properties {@code wildpost.*}, checked once at the start. An empty property counts as none. Immutable.
 */
@ApplicationScoped
public class ServerSettings {
    /** Octets of the largest message when nothing is set. */
    public static final long DEFAULT_MESSAGE_SIZE_LIMIT = 50L * 1024 * 1024;

    /** Octets that the limit is at least (RFC 5321 §4.5.3.1.7). */
    public static final long MIN_MESSAGE_SIZE_LIMIT = 64L * 1024;

    /** Mebibytes of the data folder's disk that are kept free when nothing is set. */
    static final long DEFAULT_DISK_RESERVE = 256;

    /** And that may be set at most. */
    static final long MAX_DISK_RESERVE = 100_000_000;

    /** Days for which an expunged message can be restored when nothing is set. */
    static final long DEFAULT_VAULT_DAYS = 14;

    /** And that may be set at most. */
    static final long MAX_VAULT_DAYS = 3_650;

    /** Hours that nothing may have referred to octets before they go, when nothing is set. */
    static final long DEFAULT_SWEEP_GRACE_HOURS = 24;

    /** And that may be set at most. */
    static final long MAX_SWEEP_GRACE_HOURS = 8_760;

    /** Days for which it is known which messages left a mailbox, when nothing is set. */
    static final long DEFAULT_TOMBSTONE_DAYS = 365;

    /** And that may be set at most. */
    static final long MAX_TOMBSTONE_DAYS = 36_500;

    /** Mailboxes of others that an account is shown when nothing is set. */
    public static final int DEFAULT_SHARED_MAILBOXES = 1_000;

    /** And that may be set at most. */
    static final int MAX_SHARED_MAILBOXES = 100_000;

    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final int MAX_PORT = 65_535;

    /** Days that a return path of forwarded mail may be valid at most: below the age at which its key is forgotten. */
    static final long MAX_SRS_DAYS = 89;

    /** What may be set at most for the expansion of one address. */
    static final long MAX_EXPANSION = 100_000;

    private final Function<String, @Nullable String> properties;
    private final Optional<String> hostname;
    private final long messageSizeLimit;
    private final long diskReserve;
    private final Duration vaultTime;
    private final Duration sweepGrace;
    private final Duration tombstoneTime;
    private final int sharedMailboxes;
    private final boolean plaintextLogin;
    private final boolean demo;
    private final Optional<DomainName> srsDomain;
    private final Duration srsMaxAge;
    private final ExpansionLimits expansionLimits;
    private final NewPasswords newPasswords;

    /** From the system's properties. */
    public ServerSettings() {
        this(System::getProperty);
    }

    ServerSettings(Function<String, @Nullable String> properties) {
        this.properties = properties;
        this.hostname = text("wildpost.hostname").map(ServerSettings::hostname);
        this.messageSizeLimit = text("wildpost.message.size.limit")
                .map(ServerSettings::sizeLimit)
                .orElse(DEFAULT_MESSAGE_SIZE_LIMIT);
        this.diskReserve = number("wildpost.disk.reserve.mb", DEFAULT_DISK_RESERVE, MAX_DISK_RESERVE) << 20;
        this.vaultTime = Duration.ofDays(number("wildpost.vault.days", 0, DEFAULT_VAULT_DAYS, MAX_VAULT_DAYS));
        this.sweepGrace = Duration.ofHours(
                number("wildpost.sweep.grace.hours", DEFAULT_SWEEP_GRACE_HOURS, MAX_SWEEP_GRACE_HOURS));
        this.tombstoneTime =
                Duration.ofDays(number("wildpost.tombstone.days", DEFAULT_TOMBSTONE_DAYS, MAX_TOMBSTONE_DAYS));
        this.sharedMailboxes =
                (int) number("wildpost.imap.shared.mailboxes", DEFAULT_SHARED_MAILBOXES, MAX_SHARED_MAILBOXES);
        this.plaintextLogin = truth("wildpost.allow.plaintext.login");
        this.demo = truth("wildpost.demo");
        this.srsDomain = text("wildpost.srs.domain").map(value -> domain("wildpost.srs.domain", value));
        this.srsMaxAge =
                Duration.ofDays(number("wildpost.srs.max.age.days", Srs.DEFAULT_MAX_AGE.toDays(), MAX_SRS_DAYS));
        this.expansionLimits = new ExpansionLimits(
                (int) number("wildpost.expansion.addresses", ExpansionLimits.DEFAULT.addresses(), MAX_EXPANSION),
                (int) number("wildpost.expansion.depth", ExpansionLimits.DEFAULT.depth(), MAX_EXPANSION));
        this.newPasswords = text("wildpost.password.scheme")
                .map(ServerSettings::newPasswords)
                .orElse(NewPasswords.ARGON2ID);
    }

    /** The name that the server is to call itself by; {@link ServerName} knows the one that holds. */
    Optional<String> hostname() {
        return hostname;
    }

    /** Octets of the largest message that is taken. */
    public long messageSizeLimit() {
        return messageSizeLimit;
    }

    /** The folder that has everything of this server; empty where none is named. */
    public Optional<Path> dataFolder() {
        return text("wildpost.data").map(Path::of);
    }

    /** Octets of its disk that mail must leave free, {@code wildpost.disk.reserve.mb}. */
    public long diskReserve() {
        return diskReserve;
    }

    /** How long an expunged message can be restored, zero when never, {@code wildpost.vault.days}. */
    public Duration vaultTime() {
        return vaultTime;
    }

    /** How long nothing may have referred to octets before they go, {@code wildpost.sweep.grace.hours}. */
    public Duration sweepGrace() {
        return sweepGrace;
    }

    /** For how long it is known which messages left a mailbox, {@code wildpost.tombstone.days}. */
    public Duration tombstoneTime() {
        return tombstoneTime;
    }

    /** How many mailboxes of others an account is shown, {@code wildpost.imap.shared.mailboxes}. */
    public int sharedMailboxes() {
        return sharedMailboxes;
    }

    /** Whether passwords may be sent without TLS; for tests. */
    public boolean allowPlaintextLogin() {
        return plaintextLogin;
    }

    /** Whether the demo's domain and accounts are made. */
    public boolean demo() {
        return demo;
    }

    /** The domain of return paths of forwarded mail; empty: that of the address that forwards. */
    public Optional<DomainName> srsDomain() {
        return srsDomain;
    }

    /** How long a return path of forwarded mail is valid. */
    public Duration srsMaxAge() {
        return srsMaxAge;
    }

    /** How far one forward-path may lead. */
    public ExpansionLimits expansionLimits() {
        return expansionLimits;
    }

    /** How passwords that are set from now on are kept. */
    public NewPasswords newPasswords() {
        return newPasswords;
    }

    /** Address of the administrator to be made at the first start. */
    public Optional<String> adminEmail() {
        return text("wildpost.admin.email");
    }

    /** Password of the administrator to be made at the first start. */
    public Optional<Secret> adminPassword() {
        return text("wildpost.admin.password").map(Secret::new);
    }

    /**
     * Whom to ask about names, and what to believe: {@code wildpost.dns.servers} (else those of {@code /etc/resolv.conf}), {@code wildpost.dns.timeout.seconds},
     * {@code wildpost.dns.validate}, {@code wildpost.dns.trust.ad}, and {@code wildpost.dns.trust.anchors}, a file of DS or DNSKEY records instead of the root's.
     *
     * @throws IllegalStateException when one of them is malformed, or they do not go together
     */
    public DnsSettings dns() {
        boolean trustAd = truth("wildpost.dns.trust.ad", false);
        boolean validate = truth("wildpost.dns.validate", true);
        DnsSettings.Proof proof =
                trustAd ? DnsSettings.Proof.AD_BIT : validate ? DnsSettings.Proof.IN_PROCESS : DnsSettings.Proof.NONE;
        try {
            return new DnsSettings(
                    text("wildpost.dns.servers")
                            .map(DnsServers::parse)
                            .orElseGet(() ->
                                    DnsServers.ofResolvConf(file(RESOLV_CONF).orElse(""))),
                    text("wildpost.dns.timeout.seconds")
                            .map(value -> Duration.ofSeconds(number("wildpost.dns.timeout.seconds", value)))
                            .orElse(DnsSettings.DEFAULT_TIME_LIMIT),
                    proof,
                    text("wildpost.dns.trust.anchors")
                            .map(name -> file(Path.of(name))
                                    .orElseThrow(() ->
                                            malformed("wildpost.dns.trust.anchors", name, "a file that can be read")))
                            .orElse(DnsSettings.ROOT_ANCHORS));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("wildpost.dns.*: " + e.getMessage(), e);
        }
    }

    /** Addresses under which others reach this server although none of its interfaces has them, {@code wildpost.own.addresses}. */
    public Set<InetAddress> ownAddresses() {
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
        return addresses;
    }

    /** The port of other servers, {@code wildpost.remote.smtp.port}; another one than 25 for tests, and where a firewall moves it. */
    public int remoteSmtpPort() {
        String name = "wildpost.remote.smtp.port";
        int port = text(name).map(value -> number(name, value)).orElse(25);
        if (port > MAX_PORT) {
            throw malformed(name, String.valueOf(port), "a port");
        }
        return port;
    }

    private static Optional<String> file(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int number(String name, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for numbers out of range.
        }
        throw malformed(name, value, "a number from 1 on");
    }

    private Optional<String> text(String name) {
        String value = properties.apply(name);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    private boolean truth(String name) {
        return truth(name, false);
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

    private static long sizeLimit(String value) {
        String name = "wildpost.message.size.limit";
        try {
            long limit = Long.parseLong(value);
            if (limit >= MIN_MESSAGE_SIZE_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw malformed(name, value, "a number of octets");
        }
        throw malformed(name, value, "at least " + MIN_MESSAGE_SIZE_LIMIT);
    }

    private static NewPasswords newPasswords(String value) {
        return NewPasswords.of(value)
                .orElseThrow(() -> malformed("wildpost.password.scheme", value, "argon2id or sha512-crypt"));
    }

    private static String hostname(String value) {
        return domain("wildpost.hostname", value).ascii();
    }

    private static DomainName domain(String name, String value) {
        try {
            return DomainName.parse(value);
        } catch (AddressException e) {
            throw malformed(name, value, "a domain name");
        }
    }

    private long number(String name, long absent, long most) {
        return number(name, 1, absent, most);
    }

    private long number(String name, long least, long absent, long most) {
        return text(name)
                .map(value -> {
                    if (value.matches("[0-9]{1,9}")) {
                        long number = Long.parseLong(value);
                        if (number >= least && number <= most) {
                            return number;
                        }
                    }
                    throw malformed(name, value, "a number from " + least + " to " + most);
                })
                .orElse(absent);
    }

    /** What the machine calls itself, where that is a domain name. */
    static String ownHostname() {
        try {
            return DomainName.parse(InetAddress.getLocalHost().getCanonicalHostName())
                    .ascii();
        } catch (UnknownHostException | AddressException e) {
            return "localhost";
        }
    }

    private static IllegalStateException malformed(String name, String value, String wanted) {
        return new IllegalStateException(name + " is '" + value + "'; it must be " + wanted);
    }
}
