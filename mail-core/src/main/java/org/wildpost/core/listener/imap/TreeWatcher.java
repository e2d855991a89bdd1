// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import org.wildpost.core.id.AccountId;

/**
 * Told after each commit that made, renamed or deleted mailboxes that an account may know of, showed or hid those of others, changed its subscriptions or the
 * annotations of the server. Calls may be lost, doubled, merged or of no matter to the account: a watcher asks for the list and never blocks.
 */
@FunctionalInterface
public interface TreeWatcher {
    void changed(AccountId account);
}
