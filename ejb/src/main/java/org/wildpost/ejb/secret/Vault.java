// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.secret;

/** Seals and opens secrets with a key that is not in the database. Safe for all threads. */
public interface Vault {
    /**
     * Seals octets, so that a copy of the database tells nothing of them.
     *
     * @param purpose what they are, such as {@code dkim:example.org}; bound into the result
     */
    byte[] seal(String purpose, byte[] clear);

    /**
     * Opens what {@link #seal} made for the same purpose.
     *
     * @throws IllegalStateException when it was sealed with another key or for another purpose, or was changed; the message says how to mend it
     */
    byte[] open(String purpose, byte[] sealed);
}
