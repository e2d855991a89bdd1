// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.session;

import java.io.Serializable;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;

/**
 * Who is logged in; kept in the HTTP session.
 *
 * @param account       the row identity of the account
 * @param address       its address
 * @param name          for people, may be empty
 * @param administrator whether administration is theirs too
 * @param mark          of the password that they came in with
 */
public record Owner(long account, String address, String name, boolean administrator, String mark)
        implements Serializable {
    /** The session's attribute. */
    static final String ATTRIBUTE = Owner.class.getName();

    public AccountId accountId() {
        return new AccountId(account);
    }

    public EmailAddress email() {
        return EmailAddress.parse(address);
    }

    /** The letter that stands for the person. */
    public String initial() {
        String shown = name.isEmpty() ? address : name;
        return shown.substring(0, shown.offsetByCodePoints(0, 1)).toUpperCase(java.util.Locale.ROOT);
    }
}
