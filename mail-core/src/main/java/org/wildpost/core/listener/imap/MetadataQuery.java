// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.List;

/**
 * Which annotations are asked for (RFC 5464 §4.2).
 *
 * @param names  in the order of the answer
 * @param levels how far below each name as well: 0, 1, or {@link #ALL} (RFC 5464 §4.2.2)
 */
public record MetadataQuery(List<AnnotationName> names, int levels) {
    /** All levels below. */
    public static final int ALL = Integer.MAX_VALUE;

    public MetadataQuery {
        names = List.copyOf(names);
    }

    /** Whether it asks for this annotation. */
    public boolean wants(AnnotationName name) {
        return names.stream().anyMatch(asked -> name.isAtOrBelow(asked, levels));
    }
}
