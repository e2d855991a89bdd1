// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.OptionalLong;

/**
 * How much mail an account may have (RFC 9208 §5.1 and §5.2).
 *
 * @param octets   of all messages; empty: as much as there is room for
 * @param messages in all mailboxes; empty: any number
 */
public record QuotaLimits(OptionalLong octets, OptionalLong messages) {
    /** No limit. */
    public static final QuotaLimits NONE = new QuotaLimits(OptionalLong.empty(), OptionalLong.empty());

    public QuotaLimits {
        if (octets.orElse(0) < 0 || messages.orElse(0) < 0) {
            throw new IllegalArgumentException("a limit below nothing");
        }
    }

    /** Whether there is any limit. */
    public boolean any() {
        return octets.isPresent() || messages.isPresent();
    }

    /** Whether an account may have so much. */
    public boolean allow(QuotaAmount amount) {
        return amount.octets() <= octets.orElse(Long.MAX_VALUE) && amount.messages() <= messages.orElse(Long.MAX_VALUE);
    }
}
