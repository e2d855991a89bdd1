// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.tlsreport;

import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ReversePath;

/** From whom the reports of a server are; its mail goes without the policies that it may report on (RFC 8460 §3). Stateless. */
public final class ReportOrigin {
    /** The local part, at the server's own name; nobody can log in as it. */
    public static final String LOCAL_PART = "noreply-smtp-tls-reporting";

    private ReportOrigin() {}

    /** The address of a server. */
    public static EmailAddress of(String hostname) {
        return new EmailAddress(LOCAL_PART, new DomainName(hostname));
    }

    /** Whether a message with this reverse-path is a report of the server. */
    public static boolean isOf(ReversePath path, String hostname) {
        return path.address().filter(of(hostname)::equals).isPresent();
    }
}
