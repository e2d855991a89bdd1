// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import java.time.Instant;
import java.util.Optional;
import org.wildpost.persistence.dkim.SigningKey;

/**
 * A key as administrators see it; nothing of its private half.
 *
 * @param algorithm  as in a signature, such as {@code rsa-sha256}
 * @param state      pending, active or retired
 * @param recordName where in the DNS its record stands
 * @param record     the record's text
 */
public record DkimView(
        String selector,
        String algorithm,
        State state,
        String recordName,
        String record,
        Instant createdAt,
        Optional<Instant> activatedAt,
        Optional<Instant> retiredAt) {
    /** The life of a key, in this order. */
    public enum State {
        PENDING,
        ACTIVE,
        RETIRED
    }

    static DkimView of(SigningKey key) {
        return new DkimView(
                key.selector(),
                key.algorithm().tag(),
                State.valueOf(key.state().name()),
                key.toString(),
                key.record(),
                key.createdAt(),
                key.activatedAt(),
                key.retiredAt());
    }
}
