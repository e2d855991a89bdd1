// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import org.wildpost.core.id.MailboxId;

/** Where an appended message is. */
public record Placed(MailboxId mailbox, long uidValidity, long uid) {}
