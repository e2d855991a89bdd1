// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.util.Optional;
import java.util.function.Function;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.ejb.mailbox.Quotas;

/**
 * Whether accounts may have a message more (RFC 9208 §5). Trace fields do not count, nor does what the server itself writes.
 *
 * @param octets of the message; 0 when that is not known yet
 */
record MailboxRoom(Quotas quotas, long octets) {
    /** What stands against a copy for now, which is not stored yet. */
    Function<Expansion.Copy, Optional<Problem>> asked() {
        return copy -> problem(copy, quotas.hasRoom(copy.account(), copy.quota(), amount()));
    }

    /** What stands against a copy that is stored at once. */
    Function<Expansion.Copy, Optional<Problem>> taken() {
        return copy -> problem(copy, quotas.admits(copy.account(), copy.quota(), amount()));
    }

    private QuotaAmount amount() {
        return QuotaAmount.message(Math.max(octets, 1));
    }

    private Optional<Problem> problem(Expansion.Copy copy, boolean room) {
        if (room) {
            return Optional.empty();
        }
        return Optional.of(copy.quota().allow(amount()) ? Problem.FULL : Problem.TOO_LARGE);
    }
}
