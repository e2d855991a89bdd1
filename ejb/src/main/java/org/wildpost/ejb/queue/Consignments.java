// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.persistence.queue.QueueClaims;
import org.wildpost.persistence.queue.QueueEntry;
import org.wildpost.persistence.queue.QueuedContent;

/** Puts claimed entries together: those of one message, one destination and one domain travel together; to recipients of this server, of all domains. */
final class Consignments {
    private record Together(long message, String destination, Optional<DomainName> domain) {}

    private Consignments() {}

    /** At most {@value QueueClaims#RECIPIENTS} recipients each; entries whose message is not among the contents are left out. */
    static List<Consignment> of(Collection<QueueEntry> entries, Map<Long, QueuedContent> contents) {
        Map<Together, List<QueueEntry>> groups = new LinkedHashMap<>();
        for (QueueEntry entry : entries) {
            Optional<DomainName> domain = entry.here()
                    ? Optional.empty()
                    : Optional.of(entry.path().address().domain());
            groups.computeIfAbsent(new Together(entry.message(), entry.destination(), domain), _ -> new ArrayList<>())
                    .add(entry);
        }
        List<Consignment> made = new ArrayList<>();
        for (Map.Entry<Together, List<QueueEntry>> group : groups.entrySet()) {
            QueuedContent content = contents.get(group.getKey().message());
            List<QueueEntry> all = group.getValue();
            for (int from = 0; content != null && from < all.size(); from += QueueClaims.RECIPIENTS) {
                List<QueueEntry> some = all.subList(from, Math.min(all.size(), from + QueueClaims.RECIPIENTS));
                made.add(new Consignment(content.message(), some, content.octets()));
            }
        }
        return made;
    }
}
