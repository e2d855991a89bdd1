// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to change about sending; what is empty stays as it is.
 *
 * @param strictFrom under its own addresses alone; of accounts only
 * @param frozen     true freezes, false unfreezes; of accounts only
 * @param ceilings   new ceilings; an empty one takes it back to the default
 */
public record SendingChange(
        Optional<Boolean> strictFrom, Optional<Boolean> frozen, Map<SendingLimit, OptionalLong> ceilings) {
    public SendingChange {
        ceilings = Map.copyOf(ceilings);
    }
}
