// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/** So much mail: what an account has, or what it would have more. */
public record QuotaAmount(long octets, long messages) {
    /** Nothing. */
    public static final QuotaAmount NONE = new QuotaAmount(0, 0);

    /** One message of that size. */
    public static QuotaAmount message(long octets) {
        return new QuotaAmount(octets, 1);
    }

    /** Both together. */
    public QuotaAmount plus(QuotaAmount other) {
        return new QuotaAmount(octets + other.octets, messages + other.messages);
    }
}
