// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every variable of the environment that the launcher knows, how its value is checked, and the system property that it becomes in the server. */
enum Variable {
    WILDPOST_DATA(Kind.PATH),
    WILDPOST_PORT_OFFSET(Kind.OFFSET),
    WILDPOST_BIND(Kind.ADDRESS),
    WILDPOST_HOSTNAME(Kind.HOST),
    WILDPOST_DB_URL(Kind.DATABASE),
    WILDPOST_DB_USER(Kind.TEXT),
    WILDPOST_DB_PASSWORD(Kind.SECRET),
    WILDPOST_DB_POOL_SIZE(Kind.COUNT),
    WILDPOST_ADMIN_EMAIL(Kind.TEXT),
    WILDPOST_ADMIN_PASSWORD(Kind.SECRET),
    WILDPOST_MESSAGE_SIZE_LIMIT(Kind.COUNT),
    WILDPOST_ALLOW_PLAINTEXT_LOGIN(Kind.BOOLEAN),
    WILDPOST_MAX_HEAP_MB(Kind.COUNT),
    WILDPOST_PASSWORD_SCHEME(Kind.SCHEME),
    WILDPOST_CONNECTIONS_TOTAL(1, Integer.MAX_VALUE),
    WILDPOST_CONNECTIONS_PER_ADDRESS(1, Integer.MAX_VALUE),
    WILDPOST_SESSION_SECONDS(1, Times.YEAR),
    WILDPOST_SMTP_RECIPIENTS(100, Integer.MAX_VALUE),
    WILDPOST_SMTP_ERRORS(1, Integer.MAX_VALUE),
    WILDPOST_SMTP_LOGIN_FAILURES(1, Integer.MAX_VALUE),
    WILDPOST_SMTP_COMMAND_SECONDS(1, Times.YEAR),
    WILDPOST_SMTP_DATA_SECONDS(1, Times.YEAR),
    WILDPOST_IMAP_LINE_OCTETS(8192, 262_144),
    WILDPOST_IMAP_LITERAL_OCTETS(1, 262_144),
    WILDPOST_IMAP_COMMAND_OCTETS(262_144, 1_073_741_824),
    WILDPOST_IMAP_BAD_COMMANDS(1, Integer.MAX_VALUE),
    WILDPOST_IMAP_LOGIN_FAILURES(1, Integer.MAX_VALUE),
    WILDPOST_IMAP_COMMANDS(1, Integer.MAX_VALUE),
    WILDPOST_IMAP_LOGIN_SECONDS(1, Times.YEAR),
    WILDPOST_IMAP_IDLE_SECONDS(1, Times.YEAR),
    WILDPOST_POP3_ERRORS(1, Integer.MAX_VALUE),
    WILDPOST_POP3_LOGIN_SECONDS(1, Times.YEAR),
    WILDPOST_POP3_IDLE_SECONDS(600, 780),
    WILDPOST_SRS_DOMAIN(Kind.HOST),
    WILDPOST_SRS_MAX_AGE_DAYS(1, 89),
    WILDPOST_EXPANSION_ADDRESSES(1, 100_000),
    WILDPOST_EXPANSION_DEPTH(1, 100_000);

    /** The beginning that all names have; a variable with it that is not in this list is a mistake. */
    static final String PREFIX = "WILDPOST_";

    /** The greatest number by which the highest port, 9993, can still be moved. */
    static final int MAX_OFFSET = 55_000;

    private static final Pattern HOST_NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,62}\\.)*[A-Za-z0-9-]{1,63}");
    private static final Pattern IP_ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern DATABASE_URL = Pattern.compile("jdbc:postgresql://[^/\\s]+/[^/\\s?]+(\\?\\S*)?");

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
        this.kind = Kind.RANGE;
        this.least = least;
        this.most = most;
    }

    /** Such as {@code wildpost.port.offset}. */
    String property() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    boolean isSecret() {
        return kind == Kind.SECRET;
    }

    /** What is wrong with a value; empty when nothing is. The value itself is not in it when it is a secret. */
    Optional<String> problem(String value) {
        boolean good = switch (kind) {
            case TEXT, SECRET -> !value.isBlank() && value.chars().noneMatch(Character::isISOControl);
            case BOOLEAN -> value.equals("true") || value.equals("false");
            case COUNT -> value.matches("[1-9][0-9]{0,17}");
            case OFFSET -> value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= MAX_OFFSET;
            case ADDRESS -> IP_ADDRESS.matcher(value).matches();
            case HOST -> HOST_NAME.matcher(value).matches();
            case DATABASE -> DATABASE_URL.matcher(value).matches();
            case RANGE ->
                value.matches("[0-9]{1,18}") && Long.parseLong(value) >= least && Long.parseLong(value) <= most;
            case SCHEME -> value.equals("argon2id") || value.equals("sha512-crypt");
            case PATH -> isPath(value);
        };
        return good
                ? Optional.empty()
                : Optional.of(name() + (isSecret() ? "" : "='" + value + "'") + " is not " + wanted());
    }

    private String wanted() {
        return kind == Kind.RANGE ? "a number from " + least + " to " + most : kind.wanted;
    }

    private static boolean isPath(String value) {
        try {
            return !value.isBlank() && Path.of(value).toString().equals(value.replaceAll("(?<=.)/+$", ""));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Seconds. */
    private static final class Times {
        static final long YEAR = 31_536_000;
    }

    private enum Kind {
        TEXT("a line of text"),
        SECRET("a line of text"),
        BOOLEAN("a boolean: write true or false"),
        COUNT("a number greater than 0"),
        RANGE("a number"),
        SCHEME("a way to keep passwords: write argon2id or sha512-crypt"),
        OFFSET("a number from 0 to " + MAX_OFFSET),
        ADDRESS("an IP address, such as 127.0.0.1 or 0.0.0.0"),
        HOST("a host name, such as mail.example.org"),
        DATABASE(
                "a database: write jdbc:postgresql://host:5432/name, with user and password in WILDPOST_DB_USER and WILDPOST_DB_PASSWORD"),
        PATH("the path of a folder");

        private final String wanted;

        Kind(String wanted) {
            this.wanted = wanted;
        }
    }
}
