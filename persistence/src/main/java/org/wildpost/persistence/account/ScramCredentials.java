// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.account;

import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.sasl.ScramVerifier;

/**
 * What a login by SCRAM is checked against (RFC 5802 §3).
 *
 * @param enabled whether the account and its domain let anybody in
 */
public record ScramCredentials(AccountId account, EmailAddress address, ScramVerifier verifier, boolean enabled) {
    /** Without the keys, so that no log shows them. */
    @Override
    public String toString() {
        return "ScramCredentials[" + address + "]";
    }
}
