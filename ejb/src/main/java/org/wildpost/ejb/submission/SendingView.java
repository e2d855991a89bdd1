// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.wildpost.persistence.sending.SendingPolicy;
import org.wildpost.persistence.sending.SendingUsage;

/**
 * What an account, a domain or the server may send and sent, as administrators see it.
 *
 * @param policy   of accounts only
 * @param ceilings what holds; 0: no limit
 */
public record SendingView(Optional<Policy> policy, Map<SendingLimit, Long> ceilings, Map<SendingLimit, Long> used) {
    /**
     * How an account may send.
     *
     * @param frozen why it may not, empty when it may
     */
    public record Policy(boolean strictFrom, Optional<String> frozen) {}

    public SendingView {
        ceilings = Map.copyOf(ceilings);
        used = Map.copyOf(used);
    }

    static SendingView of(Optional<SendingPolicy> policy, Map<SendingLimit, Long> ceilings, SendingUsage usage) {
        Map<SendingLimit, Long> used = new EnumMap<>(SendingLimit.class);
        for (SendingLimit limit : SendingLimit.values()) {
            used.put(limit, limit.used(usage));
        }
        return new SendingView(
                policy.map(
                        found -> new Policy(found.strictFrom(), found.frozen().map(SendingPolicy.Freeze::reason))),
                ceilings,
                used);
    }
}
