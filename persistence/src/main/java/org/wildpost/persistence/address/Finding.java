// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.address;

import java.util.Optional;

/**
 * What the database knows of an address.
 *
 * @param rules  of its domain; empty when that is not ours
 * @param holder who has the address: that of the whole local part, else that of what stands before the tag
 */
public record Finding(Optional<DomainRules> rules, Optional<Holder> holder) {
    /** Of an address elsewhere. */
    static final Finding NOTHING = new Finding(Optional.empty(), Optional.empty());
}
