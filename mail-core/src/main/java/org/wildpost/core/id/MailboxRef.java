// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.id;

/** A mailbox together with the account that must own it: every question about messages carries both, and every statement checks both. */
public record MailboxRef(AccountId account, MailboxId mailbox) {}
