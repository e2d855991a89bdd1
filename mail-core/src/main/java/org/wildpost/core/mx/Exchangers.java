// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mx;

import java.util.List;
import org.wildpost.core.address.DomainName;

/** What takes mail for a domain. */
public sealed interface Exchangers {
    /**
     * A host that takes it.
     *
     * @param preference the lower the sooner
     */
    record Exchanger(DomainName host, int preference) {}

    /**
     * These do.
     *
     * @param hosts    in the order in which they are tried; never empty
     * @param secure   whether DNSSEC proved that it is these, or that there is no MX record (RFC 7672 §2.2.1)
     * @param implicit whether the domain has no MX record and is its own host (RFC 5321 §5.1)
     */
    record Hosts(List<Exchanger> hosts, boolean secure, boolean implicit) implements Exchangers {
        public Hosts {
            hosts = List.copyOf(hosts);
            if (hosts.isEmpty()) {
                throw new IllegalArgumentException("no host is another answer");
            }
        }
    }

    /** Nobody, and the domain says so (RFC 7505 §3). */
    record NoMail() implements Exchangers {}

    /** There is no such domain, or it has neither exchangers nor addresses. */
    record NoSuchDomain() implements Exchangers {}

    /** This server itself is the best of them, so that it may not be sent to any other (RFC 5321 §5.1). */
    record Here() implements Exchangers {}

    /** Nobody knows now. */
    record Unknown(String reason) implements Exchangers {}
}
