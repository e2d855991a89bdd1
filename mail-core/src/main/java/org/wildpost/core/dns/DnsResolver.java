// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.net.InetAddress;
import org.wildpost.core.address.DomainName;

/**
 * Asks the domain name system; answers are cached for their time to live. Each question returns within the resolver's time limit. Safe for all
 * threads.
 */
public interface DnsResolver {
    /** MX (RFC 5321 §5.1); a null MX (RFC 7505) is a record with an empty exchange. */
    DnsAnswer<MxRecord> mx(DomainName name);

    /** A and AAAA together (RFC 3596); a failure of one family alone is told only when the other has nothing. */
    DnsAnswer<InetAddress> addresses(DomainName name);

    /**
     * TXT; the strings of one record are joined (RFC 7208 §3.3).
     *
     * @param name in ASCII, without a closing dot; unlike a domain of mail it may have labels that begin with {@code _} (RFC 8552)
     */
    DnsAnswer<String> txt(String name);

    /**
     * TLSA of a port over TCP (RFC 6698 §3).
     *
     * @param host the TLSA base domain (RFC 7672 §2.2.3)
     */
    DnsAnswer<TlsaRecord> tlsa(DomainName host, int port);

    /** PTR of an address (RFC 1035 §3.5). */
    DnsAnswer<DomainName> names(InetAddress address);

    /**
     * CNAME of the name itself, one step, not followed (RFC 1034 §3.6.2): to tell a secure alias from a secure target (RFC 7672 §2.2.2).
     *
     * @return what nobody can use is none: by default no alias is known, and that is not proved
     */
    default DnsAnswer<DomainName> alias(DomainName name) {
        return new DnsAnswer.None<>(true, false);
    }
}
