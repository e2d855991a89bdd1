// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.util.List;
import java.util.Set;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;

/** Where notifications go: a sender may be an account, an alias, or somebody whose mail was passed on here. Safe for all threads. */
public interface NoticeRecipients {
    /**
     * Who gets a notification; nobody, when both are empty.
     *
     * @param here      accounts
     * @param elsewhere addresses of other servers
     */
    record Found(Set<AccountId> here, List<EmailAddress> elsewhere) {
        public Found {
            here = Set.copyOf(here);
            elsewhere = List.copyOf(elsewhere);
        }
    }

    /** Who gets a notification that is meant for a reverse-path. */
    Found find(EmailAddress reversePath);
}
