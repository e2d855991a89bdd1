// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import java.net.URI;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;

/** Hands reports over. Blocking; safe for all threads; never throws for what others do. */
public interface ReportSender {
    /** By mail, through the queue; why not, if not. */
    Optional<String> byMail(ReportParcel parcel, EmailAddress to);

    /** By POST (RFC 8460 §5.4); why not, if not. */
    Optional<String> byHttps(ReportParcel parcel, URI to);
}
