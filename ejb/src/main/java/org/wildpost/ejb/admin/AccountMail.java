// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import org.wildpost.core.id.AccountId;

/** What becomes of an account's mail when the account comes or goes; works in the caller's transaction. */
public interface AccountMail {
    /** Makes the mailboxes that every account starts with. */
    void createDefaults(AccountId account);

    /** Removes all mailboxes and messages of the account. */
    void deleteAll(AccountId account);
}
