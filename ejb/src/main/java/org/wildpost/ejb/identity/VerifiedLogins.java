// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.wildpost.core.sasl.Secret;
import org.wildpost.persistence.account.Credentials;

/**
 * Remembers for a short while which password opened which account, so that clients that poll cost no hash. It holds neither passwords nor
 * anything to test one against outside of this process: entries are a keyed digest (RFC 2104) of account, stored hash and password, under a
 * random key that dies with the process. A changed password changes the stored hash and so ends its entries. Safe for all threads.
 */
final class VerifiedLogins {
    /** How long a login is remembered after it was verified; being asked for does not prolong it. */
    static final Duration KEPT = Duration.ofMinutes(5);

    /** How many logins are remembered. */
    static final int MOST = 20_000;

    private static final String ALGORITHM = "HmacSHA256";

    private final InstantSource clock;
    private final SecretKeySpec key;
    private final Recent<ByteBuffer, Instant> until = new Recent<>(MOST);

    VerifiedLogins(InstantSource clock) {
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    /** Whether this password was verified for the account a short while ago, and is still the one. */
    boolean contains(Credentials credentials, Secret password) {
        ByteBuffer digest = digest(credentials, password);
        Instant end = until.get(digest);
        if (end == null) {
            return false;
        }
        if (clock.instant().isBefore(end)) {
            return true;
        }
        until.remove(digest);
        return false;
    }

    /** Remembers a password that was just verified. */
    void add(Credentials credentials, Secret password) {
        until.put(digest(credentials, password), clock.instant().plus(KEPT));
    }

    /** What tells the password of now from those before and after it, and nothing else about it. */
    String mark(Credentials credentials) {
        return HexFormat.of().formatHex(digest(credentials, new Secret("")).array());
    }

    private ByteBuffer digest(Credentials credentials, Secret password) {
        byte[] hash = credentials.passwordHash().getBytes(StandardCharsets.UTF_8);
        byte[] typed = password.reveal().getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + hash.length + typed.length)
                .putLong(credentials.account().value())
                .putInt(hash.length)
                .put(hash)
                .put(typed);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return ByteBuffer.wrap(mac.doFinal(message.array()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
