// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.util.List;
import java.util.Optional;
import org.wildpost.core.sasl.Secret;

/** What is to change of an account; what is empty stays as it is. All as typed, nothing is checked yet. */
public record AccountChange(
        Optional<String> name,
        Optional<Secret> password,
        Optional<Boolean> disabled,
        Optional<Boolean> superAdmin,
        Optional<List<String>> redirectTo,
        MailHandling.Change handling) {
    /** Changes nothing. */
    public static final AccountChange NONE = new AccountChange(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            MailHandling.Change.NONE);

    /** Also gives the name that people see. */
    public AccountChange withName(String newName) {
        return new AccountChange(Optional.of(newName), password, disabled, superAdmin, redirectTo, handling);
    }

    /** Also replaces the password. */
    public AccountChange withPassword(Secret newPassword) {
        return new AccountChange(name, Optional.of(newPassword), disabled, superAdmin, redirectTo, handling);
    }

    /** Also disables or enables. */
    public AccountChange withDisabled(boolean nowDisabled) {
        return new AccountChange(name, password, Optional.of(nowDisabled), superAdmin, redirectTo, handling);
    }

    /** Also makes it an administrator, or an ordinary account. */
    public AccountChange withSuperAdmin(boolean nowSuperAdmin) {
        return new AccountChange(name, password, disabled, Optional.of(nowSuperAdmin), redirectTo, handling);
    }

    /** Also redirects its mail, or no longer. */
    public AccountChange withRedirectTo(List<String> addresses) {
        return new AccountChange(name, password, disabled, superAdmin, Optional.of(List.copyOf(addresses)), handling);
    }

    /** Also changes what becomes of its mail. */
    public AccountChange withHandling(MailHandling.Change change) {
        return new AccountChange(name, password, disabled, superAdmin, redirectTo, change);
    }
}
