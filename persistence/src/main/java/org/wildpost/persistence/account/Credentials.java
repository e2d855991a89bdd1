// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.account;

import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;

/**
 * What a login by password is checked against.
 *
 * @param enabled whether the account and its domain let anybody in
 */
public record Credentials(AccountId account, EmailAddress address, String passwordHash, boolean enabled) {
    /** Without the hash, so that no log shows it. */
    @Override
    public String toString() {
        return "Credentials[" + address + "]";
    }
}
