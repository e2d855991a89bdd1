// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.mailbox;

import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.MailboxName;

/** A mailbox as a delivery knows it. */
public record MailboxKey(AccountId account, MailboxName name) {}
