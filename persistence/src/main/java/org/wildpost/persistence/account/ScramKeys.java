// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.account;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.sasl.ScramVerifier;

/** The columns of a {@link ScramVerifier}; the key of the row is the mechanism. */
@Embeddable
class ScramKeys {
    @Column(name = "salt")
    private byte[] salt;

    @Column(name = "iterations")
    private int iterations;

    @Column(name = "stored_key")
    private byte[] storedKey;

    @Column(name = "server_key")
    private byte[] serverKey;

    /** For the persistence provider. */
    protected ScramKeys() {}

    ScramKeys(ScramVerifier verifier) {
        this.salt = verifier.salt().clone();
        this.iterations = verifier.iterations();
        this.storedKey = verifier.storedKey().clone();
        this.serverKey = verifier.serverKey().clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ScramKeys keys
                && iterations == keys.iterations
                && Arrays.equals(salt, keys.salt)
                && Arrays.equals(storedKey, keys.storedKey)
                && Arrays.equals(serverKey, keys.serverKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(salt), iterations, Arrays.hashCode(storedKey), Arrays.hashCode(serverKey));
    }
}
