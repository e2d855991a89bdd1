// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.DnsAnswer;
import org.wildpost.core.dns.DnsResolver;

/** Looks from time to time whether the records of pending keys are published, and lets these sign; removes keys whose overlap is over. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DkimRotation {
    private static final Logger LOG = System.getLogger(DkimRotation.class.getName());

    @Inject
    DkimAdministration administration;

    @Inject
    DnsResolver dns;

    /** Every ten minutes; what two nodes do at once has the same result. */
    @Schedule(hour = "*", minute = "*/10", persistent = false)
    public void look() {
        Map<DomainName, List<DkimView>> pending =
                administration.pending().stream().collect(Collectors.groupingBy(DkimRotation::domain));
        pending.forEach((domain, keys) -> {
            Set<String> published = keys.stream()
                    .filter(this::isPublished)
                    .map(DkimView::selector)
                    .collect(Collectors.toSet());
            if (published.size() == keys.size()) {
                administration.activatePublished(domain, published);
                LOG.log(Level.INFO, () -> domain + " signs with new keys: " + String.join(", ", published));
            }
        });
        int removed = administration.sweep();
        if (removed > 0) {
            LOG.log(Level.INFO, () -> removed + " retired keys were removed");
        }
    }

    /** Whether the record stands in the DNS; white space does not matter (RFC 6376 §3.2). */
    private boolean isPublished(DkimView key) {
        DnsAnswer<String> answer = dns.txt(key.recordName());
        return answer.recordsOrNone().stream().anyMatch(text -> plain(text).equals(plain(key.record())));
    }

    private static String plain(String record) {
        String spaceless = record.replaceAll("\\s+", "");
        return spaceless.endsWith(";") ? spaceless.substring(0, spaceless.length() - 1) : spaceless;
    }

    private static DomainName domain(DkimView key) {
        return DomainName.parse(key.recordName().substring(key.selector().length() + "._domainkey.".length()));
    }
}
