// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.wildpost.core.sasl.Secret;

/**
 * All schemes behind one door that lets in as many as there are processors, so that a storm of logins cannot starve the protocols.
 * New passwords are Argon2id. Safe for all threads.
 */
public final class PasswordSchemes {
    private static final Argon2idScheme NEW_PASSWORDS = new Argon2idScheme();
    private static final List<PasswordScheme> SCHEMES = List.of(NEW_PASSWORDS, new Sha512CryptScheme());

    private final Semaphore door = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    /** Hashes a new password. */
    public String hash(Secret password) {
        door.acquireUninterruptibly();
        try {
            return NEW_PASSWORDS.hash(password);
        } finally {
            door.release();
        }
    }

    /** Whether the password is the one; false for a hash of a scheme that is not known. */
    public boolean verify(Secret password, String hash) {
        door.acquireUninterruptibly();
        try {
            return SCHEMES.stream().filter(scheme -> scheme.made(hash)).findFirst().stream()
                    .anyMatch(scheme -> scheme.verify(password, hash));
        } finally {
            door.release();
        }
    }

    /** Whether a hash that somebody hands in can be kept. */
    public boolean knows(String hash) {
        return SCHEMES.stream().anyMatch(scheme -> scheme.made(hash));
    }
}
