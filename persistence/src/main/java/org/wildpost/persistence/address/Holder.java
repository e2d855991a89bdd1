// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.address;

import java.util.List;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.QuotaLimits;

/** Who has an address. */
public sealed interface Holder {
    /** The address, in canonical form. */
    EmailAddress address();

    /** Whether it takes mail; its domain does not count. */
    boolean enabled();

    /** Whether it takes mail of this server's own users only. */
    boolean internalOnly();

    /**
     * An account.
     *
     * @param redirectTo   where its mail goes too, or instead
     * @param discard      whether its mailboxes get no copy of what is redirected
     * @param redirectOnly whether its mailboxes never get anything
     * @param quota        how much mail it may have
     */
    record Account(
            AccountId account,
            EmailAddress address,
            List<EmailAddress> redirectTo,
            boolean discard,
            boolean redirectOnly,
            boolean internalOnly,
            boolean enabled,
            QuotaLimits quota)
            implements Holder {
        public Account {
            redirectTo = List.copyOf(redirectTo);
        }
    }

    /**
     * An alias.
     *
     * @param targets never empty
     */
    record Alias(EmailAddress address, List<EmailAddress> targets, boolean internalOnly, boolean enabled)
            implements Holder {
        public Alias {
            targets = List.copyOf(targets);
        }
    }
}
