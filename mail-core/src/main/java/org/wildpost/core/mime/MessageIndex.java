// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.time.Instant;
import java.util.Optional;

/**
 * Everything that is computed once about a message when it comes in.
 *
 * @param size         octets of the message
 * @param envelope     its envelope
 * @param root         its structure
 * @param sentDate     the Date field as a moment, when it can be read (RFC 5322 §3.6.1)
 * @param preview      the first text for list views, decoded, one line, at most {@value #PREVIEW_LENGTH} characters (RFC 8970 §3)
 * @param hops         how many Received fields it has (RFC 5321 §6.3)
 * @param subject      the decoded subject, for list views
 * @param bareLineEnds whether a CR or LF stands alone somewhere
 */
public record MessageIndex(
        long size,
        Envelope envelope,
        MimePart root,
        Optional<Instant> sentDate,
        String preview,
        int hops,
        String subject,
        boolean bareLineEnds) {
    /** Characters of the preview (RFC 8970 §3.1 recommends at most 200). */
    public static final int PREVIEW_LENGTH = 200;
}
