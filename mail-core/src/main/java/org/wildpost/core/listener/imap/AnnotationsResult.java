// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.Map;

/** The answer to GETMETADATA of a mailbox (RFC 5464 §4.2). */
public sealed interface AnnotationsResult {
    /** @param values those that there are */
    record Found(Map<AnnotationName, byte[]> values) implements AnnotationsResult {
        public Found {
            values = Map.copyOf(values);
        }
    }

    /** There is none, or none that the account may know of (RFC 4314 §6). */
    record NoSuchMailbox() implements AnnotationsResult {}

    /** RFC 5530 NOPERM. */
    record NoPermission() implements AnnotationsResult {}
}
