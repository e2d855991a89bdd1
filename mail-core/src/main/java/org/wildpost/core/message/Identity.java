// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.message;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a message is beyond the mailbox that it lies in.
 *
 * @param emailId  the same for all copies of a message within its account (RFC 8474 §5.1)
 * @param threadId the conversation that it belongs to, once somebody asked (RFC 8474 §5.2)
 * @param saved    when it came into its mailbox (RFC 8514 §4.1); empty for what was stored before that was noted
 */
public record Identity(long emailId, OptionalLong threadId, Optional<Instant> saved) {}
