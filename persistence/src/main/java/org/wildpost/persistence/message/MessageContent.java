// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.message.SpooledMessage;

/**
 * What all recipients of a message share.
 *
 * @param message   the bytes
 * @param envelope  encoded
 * @param structure encoded, offsets of the blob alone
 * @param sentDate  null when the message does not say or it cannot be read
 */
public record MessageContent(
        SpooledMessage message,
        byte[] envelope,
        byte[] structure,
        @Nullable Instant sentDate,
        String subject,
        String preview) {}
