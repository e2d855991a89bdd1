// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.List;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.MetadataQuery;

/**
 * Annotations that a client asks for (RFC 5464 §4.2).
 *
 * @param entries in the order of the answer
 * @param levels  how far below each as well (RFC 5464 §4.2.2)
 * @param maxSize octets of a value; greater ones are left out (RFC 5464 §4.2.1)
 */
record MetadataRequest(List<Entry> entries, int levels, long maxSize) {
    MetadataRequest {
        entries = List.copyOf(entries);
    }

    /** @param written as the client writes the name, for it is told under that */
    record Entry(String written, AnnotationName name) {}

    MetadataQuery query() {
        return new MetadataQuery(entries.stream().map(Entry::name).toList(), levels);
    }
}
