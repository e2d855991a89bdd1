// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import org.wildpost.core.id.AccountId;

/**
 * Told after each commit that made, renamed or deleted mailboxes of an account, or changed its subscriptions. Calls may be lost, doubled or merged: a watcher
 * asks for the list and never blocks.
 */
@FunctionalInterface
public interface TreeWatcher {
    void changed(AccountId account);
}
