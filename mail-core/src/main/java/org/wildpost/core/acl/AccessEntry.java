// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.acl;

import java.util.List;

/** One pair of an access control list (RFC 4314 §2). */
public record AccessEntry(Identifier identifier, Rights rights) {
    /**
     * What entries together give to somebody: the union of what is granted, without what any of them takes away (RFC 4314 §2).
     *
     * @param applicable those that are about this account or about anyone
     */
    public static Rights effective(List<AccessEntry> applicable) {
        Rights given = Rights.NONE;
        Rights taken = Rights.NONE;
        for (AccessEntry entry : applicable) {
            if (entry.identifier().negative()) {
                taken = taken.plus(entry.rights());
            } else {
                given = given.plus(entry.rights());
            }
        }
        return given.minus(taken);
    }
}
