// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

/** Whether a message matches, as far as it is known. */
public enum Verdict {
    YES,
    NO,
    /** That depends on its octets, which were not read. */
    UNREAD;

    static Verdict of(boolean matches) {
        return matches ? YES : NO;
    }

    Verdict not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case UNREAD -> UNREAD;
        };
    }
}
