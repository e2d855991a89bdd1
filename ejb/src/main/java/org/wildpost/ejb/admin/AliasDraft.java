// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.util.List;

/**
 * An alias that is to be; all as typed, nothing is checked yet.
 *
 * @param email        its address, in a domain that exists
 * @param targets      the addresses that it stands for, at least one
 * @param internalOnly whether it takes mail of this server's own users only
 */
public record AliasDraft(String email, List<String> targets, boolean internalOnly, boolean disabled) {
    public AliasDraft {
        targets = List.copyOf(targets);
    }

    /** An alias for everybody. */
    public static AliasDraft of(String email, String... targets) {
        return new AliasDraft(email, List.of(targets), false, false);
    }
}
