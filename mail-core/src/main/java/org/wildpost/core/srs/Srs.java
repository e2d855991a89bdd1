// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.srs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;

/**
 * Makes return paths and takes them apart again.
 *
 * <ul>
 *   <li>{@code SRS0=seal=day=domain=local@ours} for the sender {@code local@domain};
 *   <li>{@code SRS1=seal=host==seal=day=domain=local@ours} for {@code SRS0=seal=day=domain=local@host}, which another server made, and for each one after
 *       that, so that it does not grow at every server;
 *   <li>{@code SRS0=seal=day==key@ours} for a sender who does not fit; whoever asks keeps the sender under the key.
 * </ul>
 *
 * Immutable; safe for all threads.
 */
public final class Srs {
    /** How long notifications may take when nothing is set. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofDays(21);

    /** Octets that a local part may have (RFC 5321 §4.5.3.1.1). */
    static final int MAX_LOCAL_PART = 64;

    /** Base32 digits of a key: 80 bits of a hash. */
    static final int KEY_LENGTH = 16;

    private static final String FIRST = "SRS0";
    private static final String SECOND = "SRS1";

    /** What may stand behind the form's name, and is kept. */
    private static final String SEPARATORS = "=+-";

    private static final int FORM_LENGTH = FIRST.length() + 1;

    private final SrsSeal seal;
    private final Duration maxAge;

    /**
     * A return path.
     *
     * @param keep whether its sender did not fit and must be kept under {@link #key}
     */
    public record Rewritten(EmailAddress address, boolean keep) {}

    /**
     * @param secrets never empty; the first one seals, all prove
     * @param maxAge  whole days for which a return path is valid, below 1000
     */
    public Srs(List<byte[]> secrets, Duration maxAge) {
        if (maxAge.toDays() < 1 || maxAge.toDays() >= SrsTimestamp.CYCLE - 2) {
            throw new IllegalArgumentException("a return path is valid for 1 to 1021 days: " + maxAge);
        }
        this.seal = new SrsSeal(secrets);
        this.maxAge = maxAge;
    }

    /** Whether an address has a form of this scheme, whoever made it. */
    public static boolean isReturnPath(EmailAddress address) {
        return hasForm(address, FIRST) || hasForm(address, SECOND);
    }

    /** The return path under a domain of ours, for a sender. */
    public Rewritten rewrite(EmailAddress sender, DomainName ours, Instant now) {
        String local = again(sender);
        if (local.isEmpty()) {
            local = first(SrsTimestamp.of(now), sender.domain().ascii(), sender.localPart());
        }
        if (local.getBytes(StandardCharsets.UTF_8).length <= MAX_LOCAL_PART) {
            return new Rewritten(new EmailAddress(local, ours), false);
        }
        return new Rewritten(new EmailAddress(first(SrsTimestamp.of(now), "", key(sender)), ours), true);
    }

    /** Who sent the mail for which a return path was made; only asked of what {@link #isReturnPath is one}. */
    public SrsReversal reverse(EmailAddress returnPath, Instant now) {
        String local = returnPath.localPart();
        String rest = local.substring(FORM_LENGTH);
        return hasForm(returnPath, FIRST) ? reverseFirst(rest, now) : reverseSecond(rest);
    }

    /** Under which key a sender who does not fit is kept: always the same. */
    public static String key(EmailAddress sender) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(sender.toString().getBytes(StandardCharsets.UTF_8));
            return SrsSeal.base32(hash, KEY_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String first(String day, String domain, String local) {
        return FIRST + "=" + seal.of(FIRST, day, domain, local) + "=" + day + "=" + domain + "=" + local;
    }

    /** The local part for a sender that is a return path itself; empty when it is none. */
    private String again(EmailAddress sender) {
        if (hasForm(sender, FIRST)) {
            return second(sender.domain().ascii(), sender.localPart().substring(FIRST.length()));
        }
        if (hasForm(sender, SECOND)) {
            String[] parts = sender.localPart().substring(FORM_LENGTH).split("=", 3);
            if (parts.length == 3 && !parts[1].isEmpty() && startsWithSeparator(parts[2])) {
                return second(parts[1], parts[2]);
            }
        }
        return "";
    }

    private String second(String host, String rest) {
        return SECOND + "=" + seal.of(SECOND, host, rest) + "=" + host + "=" + rest;
    }

    private SrsReversal reverseFirst(String rest, Instant now) {
        String[] parts = rest.split("=", 4);
        if (parts.length < 4 || parts[3].isEmpty() || !seal.proves(parts[0], FIRST, parts[1], parts[2], parts[3])) {
            return new SrsReversal.Forged();
        }
        OptionalInt age = SrsTimestamp.age(parts[1], now);
        if (age.isEmpty()) {
            return new SrsReversal.Forged();
        }
        if (age.getAsInt() > maxAge.toDays()) {
            return new SrsReversal.Expired();
        }
        return parts[2].isEmpty()
                ? new SrsReversal.Kept(parts[3].toUpperCase(Locale.ROOT))
                : sender(parts[3], parts[2]);
    }

    /** The day is proved by the server that made the first form. */
    private SrsReversal reverseSecond(String rest) {
        String[] parts = rest.split("=", 3);
        return parts.length == 3 && startsWithSeparator(parts[2]) && seal.proves(parts[0], SECOND, parts[1], parts[2])
                ? sender(FIRST + parts[2], parts[1])
                : new SrsReversal.Forged();
    }

    private static SrsReversal sender(String local, String domain) {
        try {
            return new SrsReversal.Sender(new EmailAddress(local, DomainName.parse(domain)));
        } catch (AddressException e) {
            return new SrsReversal.Forged();
        }
    }

    private static boolean hasForm(EmailAddress address, String form) {
        String local = address.localPart();
        return local.length() > FORM_LENGTH
                && local.regionMatches(true, 0, form, 0, form.length())
                && SEPARATORS.indexOf(local.charAt(form.length())) >= 0;
    }

    private static boolean startsWithSeparator(String text) {
        return !text.isEmpty() && SEPARATORS.indexOf(text.charAt(0)) >= 0;
    }
}
