// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;

/**
 * One of many messages that are added together (RFC 3502); whoever stores it computes its index, so that those of all need not be in memory at once.
 *
 * @param message      the bytes; the caller closes them
 * @param internalDate now when empty
 */
public record AppendItem(SpooledMessage message, Flags flags, Optional<Instant> internalDate) {}
