// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.acl;

/** What may be done with the annotations of a mailbox (RFC 5464 §3.3). */
public final class AnnotationRights {
    private static final Rights SOME = Rights.of(Right.READ, Right.SEEN, Right.WRITE, Right.INSERT, Right.POST);

    private AnnotationRights() {}

    /** Whether they are read, and private ones set: who looks the mailbox up and does anything with what is in it. */
    public static boolean readable(Rights rights) {
        return rights.has(Right.LOOKUP) && rights.hasAny(SOME);
    }

    /** Whether those are set that all see: as with the flags that all see, more is needed for that. */
    public static boolean sharedWritable(Rights rights) {
        return readable(rights) && rights.has(Right.WRITE);
    }
}
