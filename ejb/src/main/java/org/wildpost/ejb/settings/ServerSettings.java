// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
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

    /** Days that a return path of forwarded mail may be valid at most: below the age at which its key is forgotten. */
    static final long MAX_SRS_DAYS = 89;

    /** What may be set at most for the expansion of one address. */
    static final long MAX_EXPANSION = 100_000;

    private final Function<String, @Nullable String> properties;
    private final Optional<String> hostname;
    private final long messageSizeLimit;
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

    private Optional<String> text(String name) {
        String value = properties.apply(name);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    private boolean truth(String name) {
        return text(name)
                .map(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on", "1" -> true;
                    case "false", "no", "off", "0" -> false;
                    default -> throw malformed(name, value, "true or false");
                })
                .orElse(false);
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
        return text(name)
                .map(value -> {
                    if (value.matches("[0-9]{1,9}")) {
                        long number = Long.parseLong(value);
                        if (number >= 1 && number <= most) {
                            return number;
                        }
                    }
                    throw malformed(name, value, "a number from 1 to " + most);
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
