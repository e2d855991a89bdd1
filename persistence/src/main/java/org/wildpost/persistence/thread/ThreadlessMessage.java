// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.thread;

import java.time.Instant;
import org.wildpost.core.id.MailboxRef;

/**
 * A message whose conversation nobody looked for yet.
 *
 * @param head its first octets as they came in, at most {@link ThreadRows#HEAD}
 */
public record ThreadlessMessage(MailboxRef mailbox, long uid, long emailId, Instant internalDate, byte[] head) {}
