// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener;

import java.time.Duration;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;

/** The answer to a login. */
public sealed interface LoginResult {
    /** The account may enter. */
    record Accepted(AccountId account, EmailAddress address) implements LoginResult {}

    /**
     * Wrong name, wrong password, disabled account or throttled: the client is told only that it failed.
     *
     * @param delay how long the adapter waits before it says so; the wait holds no bean and no connection to the database
     */
    record Rejected(Duration delay) implements LoginResult {}
}
