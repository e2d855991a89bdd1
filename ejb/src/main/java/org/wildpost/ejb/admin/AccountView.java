// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.time.Instant;
import java.util.List;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.persistence.account.Account;

/**
 * An account as administrators see it; nothing of its password.
 *
 * @param name       the name that people see, perhaps empty
 * @param redirectTo where its mail goes too, or instead; none: to its mailboxes alone
 */
public record AccountView(
        AccountId id,
        EmailAddress email,
        String name,
        boolean disabled,
        boolean superAdmin,
        List<EmailAddress> redirectTo,
        MailHandling handling,
        Instant createdAt,
        Instant updatedAt) {
    public AccountView {
        redirectTo = List.copyOf(redirectTo);
    }

    static AccountView of(Account account) {
        return new AccountView(
                account.id(),
                account.address(),
                account.name(),
                account.disabled(),
                account.superAdmin(),
                account.redirectTo(),
                handling(account),
                account.createdAt(),
                account.updatedAt());
    }

    static MailHandling handling(Account account) {
        return new MailHandling(
                account.discard(), account.redirectOnly(), account.internalOnly(), account.copyToSent());
    }
}
