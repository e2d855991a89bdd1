// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try, as it is kept.
 *
 * @param number     from 1
 * @param tookMillis milliseconds
 * @param result     {@code delivered}, {@code deferred} or {@code failed}
 */
public record AttemptRow(
        long entry,
        int number,
        Instant began,
        long tookMillis,
        @Nullable String host,
        @Nullable String address,
        @Nullable String tlsProtocol,
        @Nullable String tlsCipher,
        @Nullable String tlsVerified,
        String policy,
        String result,
        String status,
        String reply) {}
