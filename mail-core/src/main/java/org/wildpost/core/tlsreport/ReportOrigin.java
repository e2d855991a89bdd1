// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.tlsreport;

import java.util.function.Predicate;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ReversePath;

/** From whom the reports of a server are; its mail goes without the policies that it may report on (RFC 8460 §3). Stateless. */
public final class ReportOrigin {
    /** The local part of the address. */
    public static final String LOCAL_PART = "noreply-smtp-tls-reporting";

    private ReportOrigin() {}

    /**
     * The address of a server: at its own name, or at the nearest domain above it that is hosted here, whose keys can sign (RFC 8460 §3).
     *
     * @param isHosted whether a domain has keys here
     */
    public static EmailAddress of(String hostname, Predicate<DomainName> isHosted) {
        for (String name = hostname; name.indexOf('.') > 0; name = name.substring(name.indexOf('.') + 1)) {
            DomainName domain = new DomainName(name);
            if (isHosted.test(domain)) {
                return new EmailAddress(LOCAL_PART, domain);
            }
        }
        return new EmailAddress(LOCAL_PART, new DomainName(hostname));
    }

    /** Whether a message with this reverse-path is a report of the server. */
    public static boolean isOf(ReversePath path, String hostname) {
        return path.address()
                .filter(address -> address.localPart().equals(LOCAL_PART))
                .map(address -> address.domain().ascii())
                .filter(domain -> hostname.equals(domain) || hostname.endsWith("." + domain))
                .isPresent();
    }
}
