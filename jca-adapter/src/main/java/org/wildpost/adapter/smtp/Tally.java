// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.util.HashSet;
import java.util.Set;
import org.wildpost.core.address.DomainName;

/** What is counted against one session. For the session's thread. */
final class Tally {
    private final SmtpSettings settings;
    private final Set<DomainName> domains = new HashSet<>();
    private int errors;
    private int loginFailures;
    private int mails;

    Tally(SmtpSettings settings) {
        this.settings = settings;
    }

    /** Counts an error; true when that was one too many. */
    boolean error() {
        errors++;
        return errors >= settings.limits().errors()
                || loginFailures >= settings.limits().loginFailures();
    }

    void loginFailure() {
        loginFailures++;
    }

    /** Counts a MAIL command; false when it is one too many (RFC 9422 §4.1). */
    boolean mail() {
        mails++;
        return mails <= settings.extensions().mails();
    }

    /** Whether a recipient in this domain is still within the limit (RFC 9422 §4.3). */
    boolean allows(DomainName domain) {
        int most = settings.extensions().recipientDomains();
        return most == 0 || domains.size() < most || domains.contains(domain);
    }

    /** A recipient in this domain was accepted. */
    void accepted(DomainName domain) {
        if (settings.extensions().recipientDomains() > 0) {
            domains.add(domain);
        }
    }
}
