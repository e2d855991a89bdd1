// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.account;

import java.util.List;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;

/**
 * What a delivery needs of an account.
 *
 * @param redirectTo where its mail goes instead; none: to its mailboxes
 * @param enabled    whether the account and its domain take mail
 */
public record Destination(AccountId account, EmailAddress address, List<EmailAddress> redirectTo, boolean enabled) {}
