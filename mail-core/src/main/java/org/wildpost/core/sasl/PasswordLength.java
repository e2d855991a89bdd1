// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

/** How long a password may be that somebody chooses. */
public final class PasswordLength {
    /** Characters that a password has at least. */
    public static final int LEAST = 8;

    /** Characters that a password has at most; hashing is work, and nobody types more. */
    public static final int MOST = 256;

    private PasswordLength() {}

    /** Whether a password of this length may be chosen. */
    public static boolean allows(String password) {
        int length = password.codePointCount(0, password.length());
        return length >= LEAST && length <= MOST;
    }
}
