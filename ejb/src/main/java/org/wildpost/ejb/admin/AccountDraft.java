// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.util.List;
import org.wildpost.core.sasl.Secret;

/**
 * An account that is to be; all as typed, nothing is checked yet.
 *
 * @param email      its address, in a domain that exists
 * @param name       the name that people see, perhaps empty
 * @param redirectTo where its mail goes too, or instead; none: to its mailboxes alone
 */
public record AccountDraft(
        String email,
        String name,
        Secret password,
        boolean disabled,
        boolean superAdmin,
        List<String> redirectTo,
        MailHandling handling) {
    public AccountDraft {
        redirectTo = List.copyOf(redirectTo);
    }

    /** An account that handles its mail as most do. */
    public AccountDraft(
            String email, String name, Secret password, boolean disabled, boolean superAdmin, List<String> redirectTo) {
        this(email, name, password, disabled, superAdmin, redirectTo, MailHandling.ORDINARY);
    }

    /** An ordinary account that may log in at once. */
    public static AccountDraft of(String email, String name, Secret password) {
        return new AccountDraft(email, name, password, false, false, List.of());
    }
}
