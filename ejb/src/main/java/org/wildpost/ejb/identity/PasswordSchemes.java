// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.wildpost.core.sasl.SaslPrep;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.settings.NewPasswords;

/**
 * All schemes behind one door that lets in as many as there are processors, so that a storm of logins cannot starve the protocols.
 * New passwords are Argon2id unless the operator chose otherwise. Safe for all threads.
 */
public final class PasswordSchemes {
    private static final Argon2idScheme ARGON2ID = new Argon2idScheme();
    private static final Sha512CryptScheme SHA512_CRYPT = new Sha512CryptScheme();
    private static final List<PasswordScheme> SCHEMES = List.of(ARGON2ID, SHA512_CRYPT);

    private final PasswordScheme forNew;
    private final Semaphore door = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    /** Those of a server that nobody configured. */
    public PasswordSchemes() {
        this(NewPasswords.ARGON2ID);
    }

    /** With the operator's choice for new passwords. */
    public PasswordSchemes(NewPasswords choice) {
        this.forNew = switch (choice) {
            case ARGON2ID -> ARGON2ID;
            case SHA512_CRYPT -> SHA512_CRYPT;
        };
    }

    /** Hashes a new password, prepared so that it does not matter how a keyboard composes it (RFC 4616 §2). */
    public String hash(Secret password) {
        door.acquireUninterruptibly();
        try {
            return forNew.hash(prepared(password));
        } finally {
            door.release();
        }
    }

    /**
     * Whether the password is the one, prepared or as it is, for hashes that others made are of whatever was typed; false for a hash of a scheme that is
     * not known.
     */
    public boolean verify(Secret password, String hash) {
        Secret prepared = prepared(password);
        boolean same = prepared.reveal().equals(password.reveal());
        door.acquireUninterruptibly();
        try {
            return SCHEMES.stream().filter(scheme -> scheme.made(hash)).findFirst().stream()
                    .anyMatch(scheme -> scheme.verify(prepared, hash) || !same && scheme.verify(password, hash));
        } finally {
            door.release();
        }
    }

    private static Secret prepared(Secret password) {
        return SaslPrep.prepare(password.reveal()).map(Secret::new).orElse(password);
    }

    /** Whether a hash that somebody hands in can be kept. */
    public boolean knows(String hash) {
        return SCHEMES.stream().anyMatch(scheme -> scheme.made(hash));
    }
}
