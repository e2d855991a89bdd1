// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.time.Instant;
import org.wildpost.core.message.Flags;
import org.wildpost.persistence.mailbox.MailboxKey;

/** What one recipient has of its own. */
public record NewMessage(MailboxKey mailbox, byte[] prefix, Flags flags, Instant internalDate) {}
