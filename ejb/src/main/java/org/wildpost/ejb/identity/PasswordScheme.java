// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import org.wildpost.core.sasl.Secret;

/** A way to keep passwords; its hashes say by themselves which scheme made them. Stateless. */
public interface PasswordScheme {
    /** Whether the stored hash is of this scheme. */
    boolean made(String hash);

    /** Hashes a password with a new salt. */
    String hash(Secret password);

    /** Whether the password is the one; false, never an exception, for a hash that is damaged or asks for absurd work. */
    boolean verify(Secret password, String hash);
}
