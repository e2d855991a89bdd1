// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.util.List;
import java.util.Optional;

/** What is to change of an alias; what is empty stays as it is. All as typed, nothing is checked yet. */
public record AliasChange(Optional<List<String>> targets, Optional<Boolean> internalOnly, Optional<Boolean> disabled) {
    /** Changes nothing. */
    public static final AliasChange NONE = new AliasChange(Optional.empty(), Optional.empty(), Optional.empty());
}
