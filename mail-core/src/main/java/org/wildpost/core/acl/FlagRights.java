// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.acl;

import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/** Which flags may be changed with which rights (RFC 4314 §4). */
public final class FlagRights {
    /** Those with which some flag may be changed. */
    public static final Rights ANY = Rights.of(Right.SEEN, Right.WRITE, Right.DELETE_MESSAGES);

    private FlagRights() {}

    /** The right that a flag needs. */
    public static Right needed(SystemFlag flag) {
        return switch (flag) {
            case SEEN -> Right.SEEN;
            case DELETED -> Right.DELETE_MESSAGES;
            case ANSWERED, FLAGGED, DRAFT -> Right.WRITE;
        };
    }

    /** The rights that are needed to change all of these flags. */
    public static Rights needed(Flags flags) {
        Rights needed = flags.keywords().isEmpty() ? Rights.NONE : Rights.of(Right.WRITE);
        for (SystemFlag flag : SystemFlag.values()) {
            if (flags.has(flag)) {
                needed = needed.plus(Rights.of(needed(flag)));
            }
        }
        return needed;
    }

    /** The system flags that may be changed, as a mask. */
    public static int systemMask(Rights rights) {
        int mask = 0;
        for (SystemFlag flag : SystemFlag.values()) {
            mask |= rights.has(needed(flag)) ? flag.bit() : 0;
        }
        return mask;
    }

    /** What becomes of flags when somebody with these rights wants others: flags that may not be changed stay. */
    public static Flags changed(Flags before, Flags wanted, Rights rights) {
        int mask = systemMask(rights);
        return new Flags(
                before.system() & ~mask | wanted.system() & mask,
                rights.has(Right.WRITE) ? wanted.keywords() : before.keywords());
    }

    /** The flags that a new message may have. */
    public static Flags kept(Flags wanted, Rights rights) {
        return changed(Flags.NONE, wanted, rights);
    }
}
