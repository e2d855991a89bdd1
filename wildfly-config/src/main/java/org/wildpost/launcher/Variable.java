// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.dns.DnsServers;
import org.wildpost.core.net.Networks;
import org.wildpost.core.sasl.PasswordLength;

/**
 * Every variable of the environment that the launcher knows, how its value is checked, and the system property that it becomes in the server. What the numbers
 * limit is in docs/operations.md.
 */
enum Variable {
    WILDPOST_DATA(Kind.PATH),
    WILDPOST_PORT_OFFSET(0, Range.MAX_OFFSET),
    WILDPOST_BIND(Kind.ADDRESS),
    WILDPOST_HOSTNAME(Kind.HOST),
    WILDPOST_DB_URL(Kind.DATABASE),
    WILDPOST_DB_USER(Kind.TEXT),
    WILDPOST_DB_PASSWORD(Kind.SECRET),
    WILDPOST_DB_POOL_SIZE(4, 1_000),
    WILDPOST_DB_ANSWER_SECONDS(1, 3_600),
    WILDPOST_DISK_RESERVE_MB(1, 100_000_000),
    WILDPOST_VAULT_DAYS(0, 3_650),
    WILDPOST_SWEEP_GRACE_HOURS(1, 8_760),
    WILDPOST_TOMBSTONE_DAYS(1, 36_500),
    WILDPOST_ADMIN_EMAIL(Kind.EMAIL),
    WILDPOST_ADMIN_PASSWORD(Kind.PASSWORD),
    WILDPOST_MESSAGE_SIZE_LIMIT(65_536, 1L << 30),
    WILDPOST_ALLOW_PLAINTEXT_LOGIN(Kind.BOOLEAN),
    WILDPOST_MAX_HEAP_MB(256, 1L << 20),
    WILDPOST_PASSWORD_SCHEME(Kind.SCHEME),
    WILDPOST_CONNECTIONS_TOTAL(1, Integer.MAX_VALUE),
    WILDPOST_CONNECTIONS_PER_ADDRESS(1, Integer.MAX_VALUE),
    WILDPOST_SESSION_SECONDS(1, Range.YEAR),
    WILDPOST_HANDSHAKE_SECONDS(1, Range.YEAR),
    WILDPOST_WRITE_SECONDS(1, Range.YEAR),
    WILDPOST_SMTP_LINE_OCTETS(512, 1L << 20),
    WILDPOST_SMTP_RECIPIENTS(100, 999_999),
    WILDPOST_SMTP_ERRORS(1, Integer.MAX_VALUE),
    WILDPOST_SMTP_LOGIN_FAILURES(1, Integer.MAX_VALUE),
    WILDPOST_SMTP_COMMAND_SECONDS(1, Range.YEAR),
    WILDPOST_SMTP_DATA_SECONDS(1, Range.YEAR),
    WILDPOST_SMTP_MAILS_PER_SESSION(1, 999_999),
    WILDPOST_SMTP_RECIPIENT_DOMAINS(0, 999_999),
    WILDPOST_SMTP_MX_PRIORITY(-9, 9),
    WILDPOST_SMTP_DELIVER_BY_LEAST_SECONDS(1, 999_999_999),
    WILDPOST_SMTP_FUTURE_RELEASE_SECONDS(1, 999_999_999),
    WILDPOST_SMTP_FUTURE_RELEASE_LATEST(Kind.MOMENT),
    WILDPOST_IMAP_LINE_OCTETS(8192, 262_144),
    WILDPOST_IMAP_LITERAL_OCTETS(1, 262_144),
    WILDPOST_IMAP_COMMAND_OCTETS(262_144, 1_073_741_824),
    WILDPOST_IMAP_APPEND_OCTETS(65_536, 1L << 40),
    WILDPOST_IMAP_SAVE_LIMIT(1_000, Integer.MAX_VALUE),
    WILDPOST_IMAP_NOTIFY_MAILBOXES(1, 1_000_000),
    WILDPOST_IMAP_SHARED_MAILBOXES(1, 100_000),
    WILDPOST_IMAP_BAD_COMMANDS(1, Integer.MAX_VALUE),
    WILDPOST_IMAP_LOGIN_FAILURES(1, Integer.MAX_VALUE),
    WILDPOST_IMAP_COMMANDS(1, Integer.MAX_VALUE),
    WILDPOST_IMAP_LOGIN_SECONDS(1, Range.YEAR),
    WILDPOST_IMAP_IDLE_SECONDS(1, Range.YEAR),
    WILDPOST_IMAP_CACHE_MB(0, 65_536),
    WILDPOST_POP3_ERRORS(1, Integer.MAX_VALUE),
    WILDPOST_POP3_LOGIN_SECONDS(1, Range.YEAR),
    WILDPOST_POP3_IDLE_SECONDS(600, 780),
    WILDPOST_QUEUE_IN_FLIGHT(1, 100_000),
    WILDPOST_QUEUE_PER_DESTINATION(1, 10_000),
    WILDPOST_QUEUE_DOUBTFUL_PERCENT(1, 100),
    WILDPOST_QUEUE_MEMORY_MIB(1, 100_000),
    WILDPOST_QUEUE_RETRIES(Kind.DURATIONS),
    WILDPOST_QUEUE_LIFETIME(Kind.DURATION),
    WILDPOST_QUEUE_DELAY_NOTICE(Kind.DURATION),
    WILDPOST_QUEUE_RECORD_DAYS(1, 36_500),
    WILDPOST_QUEUE_RETURN_LIMIT(1, 104_857_600),
    WILDPOST_QUEUE_DRAIN(Kind.DURATION),
    WILDPOST_OUTGOING_CONNECTIONS(1, 10_000),
    WILDPOST_OUTGOING_ROOM_SECONDS(1, 3_600),
    WILDPOST_OUTGOING_IDLE_SECONDS(1, 3_600),
    WILDPOST_OUTGOING_MESSAGES(1, 10_000),
    WILDPOST_OUTGOING_ADDRESSES(1, 100),
    WILDPOST_OUTGOING_RECIPIENTS(1, 10_000),
    WILDPOST_OUTGOING_CONNECT_SECONDS(1, 3_600),
    WILDPOST_OUTGOING_COMMAND_SECONDS(1, 3_600),
    WILDPOST_OUTGOING_DATA_SECONDS(1, 3_600),
    WILDPOST_OUTGOING_END_SECONDS(1, 3_600),
    WILDPOST_OUTGOING_SHIPMENT_SECONDS(1, 86_400),
    WILDPOST_DNS_SERVERS(Kind.DNS_SERVERS),
    WILDPOST_DNS_TIMEOUT_SECONDS(1, 60),
    WILDPOST_DNS_VALIDATE(Kind.BOOLEAN),
    WILDPOST_DNS_TRUST_AD(Kind.BOOLEAN),
    WILDPOST_DNS_TRUST_ANCHORS(Kind.FILE),
    WILDPOST_OWN_ADDRESSES(Kind.ADDRESSES),
    WILDPOST_REMOTE_SMTP_PORT(1, 65_535),
    WILDPOST_PROXY_NETWORKS(Kind.NETWORKS),
    WILDPOST_PROXY_HEADER_SECONDS(1, Range.YEAR),
    WILDPOST_PROXY_HEADER_OCTETS(232, 65_551),
    WILDPOST_XCLIENT_NETWORKS(Kind.NETWORKS),
    WILDPOST_LMTP_PORT(Kind.LMTP_PORT),
    WILDPOST_LMTP_BIND(Kind.ADDRESS),
    WILDPOST_LMTP_NETWORKS(Kind.NETWORKS),
    WILDPOST_SRS_DOMAIN(Kind.HOST),
    WILDPOST_SRS_MAX_AGE_DAYS(1, 89),
    WILDPOST_EXPANSION_ADDRESSES(1, 100_000),
    WILDPOST_EXPANSION_DEPTH(1, 100_000);

    /** The beginning that all names have; a variable with it that is not in this list is a mistake. */
    static final String PREFIX = "WILDPOST_";

    /** Ends of ranges. */
    static final class Range {
        /** With which the highest port, 9993, can still be moved. */
        static final int MAX_OFFSET = 55_000;

        /** The greatest port that can still be moved by the greatest offset. */
        static final int MAX_PORT = 65_535 - MAX_OFFSET;

        /** Seconds. */
        static final long YEAR = 31_536_000;
    }

    private final Kind kind;
    private final long least;
    private final long most;

    Variable(Kind kind) {
        this.kind = kind;
        this.least = 0;
        this.most = 0;
    }

    /** A number in a range; the listeners check it, too, but late and with more words. */
    Variable(long least, long most) {
        this.kind = Kind.NUMBER;
        this.least = least;
        this.most = most;
    }

    /** Such as {@code wildpost.port.offset}. */
    String property() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** What is wrong with a value; empty when nothing is. The value itself is not in it when it is a secret. */
    Optional<String> problem(String value) {
        boolean good = kind.allows(value) && (kind != Kind.NUMBER || inRange(value));
        String wanted = kind == Kind.NUMBER ? "a number from " + least + " to " + most : kind.wanted;
        return good
                ? Optional.empty()
                : Optional.of(name() + (kind.secret() ? "" : "='" + value + "'") + " is not " + wanted);
    }

    private boolean inRange(String value) {
        long number = Long.parseLong(value);
        return number >= least && number <= most;
    }

    private static boolean isDnsServers(String value) {
        try {
            return !DnsServers.parse(value).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** RFC 2033 §5: never the port of SMTP. */
    private static boolean isLmtpPort(int port) {
        return port <= Range.MAX_PORT && port != Ports.SMTP.at(0);
    }

    private static boolean isMoment(String value) {
        try {
            return value.matches("[0-9]{4}-.*Z") && Instant.parse(value).isAfter(Instant.EPOCH);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isNetworks(String value) {
        try {
            return !Networks.parse(value).all().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private enum Kind {
        NUMBER("a number"),
        TEXT("a line of text"),
        SECRET("a line of text"),
        PASSWORD("a line of " + PasswordLength.LEAST + " to " + PasswordLength.MOST + " characters"),
        BOOLEAN("a boolean: write true or false"),
        SCHEME("a way to keep passwords: write argon2id or sha512-crypt"),
        LMTP_PORT("a port from 1 to " + Range.MAX_PORT + " other than 25, or 0 for none"),
        MOMENT("a moment in UTC, such as 2030-12-31T23:59:59Z"),
        NETWORKS("a list of networks, such as 10.0.0.0/8,2001:db8::/32"),
        ADDRESS("an IP address, such as 127.0.0.1 or 0.0.0.0"),
        HOST("a host name, such as mail.example.org"),
        EMAIL("an address, such as admin@example.org"),
        DATABASE(
                "a database: write jdbc:postgresql://host:5432/name, with user and password in WILDPOST_DB_USER and WILDPOST_DB_PASSWORD"),
        DURATION("a duration, such as 30s, 5m, 4h or 5d"),
        DURATIONS("durations with commas between them, such as 5m,1h,4h"),
        PATH("the path of a folder"),
        FILE("the path of a file that can be read"),
        DNS_SERVERS("a list of DNS servers, such as 127.0.0.1:53,[2001:db8::1]:53"),
        ADDRESSES("a list of IP addresses with commas between them");

        private static final String DURATION_FORM = "[1-9][0-9]{0,8}[smhd]";
        private static final Pattern DATABASE_URL = Pattern.compile("jdbc:postgresql://[^/\\s]+/[^/\\s?]+(\\?\\S*)?");

        private final String wanted;

        Kind(String wanted) {
            this.wanted = wanted;
        }

        private boolean secret() {
            return this == SECRET || this == PASSWORD;
        }

        private boolean allows(String value) {
            return switch (this) {
                case NUMBER -> value.matches("-?[0-9]{1,18}");
                case TEXT, SECRET -> isLine(value);
                case PASSWORD -> isLine(value) && PasswordLength.allows(value);
                case BOOLEAN -> value.equals("true") || value.equals("false");
                case SCHEME -> value.equals("argon2id") || value.equals("sha512-crypt");
                case ADDRESS -> isIpAddress(value);
                case HOST -> isHost(value);
                case EMAIL -> isEmail(value);
                case DATABASE -> DATABASE_URL.matcher(value).matches();
                case DURATION -> value.matches(DURATION_FORM);
                case DURATIONS -> value.matches(DURATION_FORM + "(," + DURATION_FORM + ")*");
                case PATH -> isPath(value);
                case LMTP_PORT -> value.matches("[0-9]{1,5}") && isLmtpPort(Integer.parseInt(value));
                case NETWORKS -> isNetworks(value);
                case MOMENT -> isMoment(value);
                case FILE -> isPath(value) && Files.isReadable(Path.of(value));
                case DNS_SERVERS -> isDnsServers(value);
                case ADDRESSES ->
                    Pattern.compile("\\s*,\\s*").splitAsStream(value).allMatch(Kind::isIpAddress);
            };
        }

        private static boolean isLine(String value) {
            return !value.isBlank() && value.chars().noneMatch(Character::isISOControl);
        }

        private static boolean isIpAddress(String value) {
            try {
                return InetAddress.ofLiteral(value) != null;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private static boolean isHost(String value) {
            try {
                return !DomainName.parse(value).ascii().startsWith("[");
            } catch (AddressException e) {
                return false;
            }
        }

        private static boolean isEmail(String value) {
            try {
                return !EmailAddress.parse(value).domain().ascii().startsWith("[");
            } catch (AddressException e) {
                return false;
            }
        }

        private static boolean isPath(String value) {
            try {
                return !value.isBlank() && Path.of(value).toString().equals(value.replaceAll("(?<=.)/+$", ""));
            } catch (InvalidPathException e) {
                return false;
            }
        }
    }
}
