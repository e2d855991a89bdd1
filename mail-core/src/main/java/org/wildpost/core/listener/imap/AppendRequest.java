// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;

/**
 * A message to add as it is (RFC 9051 §6.3.12).
 *
 * @param message      the bytes; the caller closes them
 * @param internalDate now when empty
 */
public record AppendRequest(SpooledMessage message, MessageIndex index, Flags flags, Optional<Instant> internalDate) {}
