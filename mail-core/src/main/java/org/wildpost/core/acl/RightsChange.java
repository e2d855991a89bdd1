// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.acl;

import java.util.Optional;

/** How an entry of an access control list changes: mod-rights (RFC 4314 §3.1). */
public record RightsChange(Mode mode, Rights rights) {
    /** The entry goes (RFC 4314 §3.2). */
    public static final RightsChange DELETE = new RightsChange(Mode.REPLACE, Rights.NONE);

    /** Without a sign, {@code +} or {@code -}. */
    public enum Mode {
        REPLACE,
        ADD,
        REMOVE
    }

    /** From the wire; empty when a right is not known. */
    public static Optional<RightsChange> parse(String text) {
        Mode mode = text.startsWith("+") ? Mode.ADD : text.startsWith("-") ? Mode.REMOVE : Mode.REPLACE;
        return Rights.parse(mode == Mode.REPLACE ? text : text.substring(1))
                .map(rights -> new RightsChange(mode, rights));
    }

    /** The rights of the entry after the change. */
    public Rights apply(Rights before) {
        return switch (mode) {
            case REPLACE -> rights;
            case ADD -> before.plus(rights);
            case REMOVE -> before.minus(rights);
        };
    }
}
