// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.srs.SrsReversal;
import org.wildpost.ejb.identity.Directory;
import org.wildpost.ejb.identity.Resolution;
import org.wildpost.ejb.settings.ServerName;

/** What addresses are for deliveries: the directory's answer, and what a mail server has beside it: postmasters and return paths. Safe for all threads. */
@ApplicationScoped
public class Recipients {
    @Inject
    Directory directory;

    @Inject
    Postmasters postmasters;

    @Inject
    ReturnPaths returnPaths;

    @Inject
    ServerName name;

    /** What these addresses are; one query for all, and more only for postmasters and return paths. */
    Map<EmailAddress, Resolution> resolve(Collection<EmailAddress> addresses) {
        Map<EmailAddress, Resolution> resolutions = new LinkedHashMap<>();
        List<EmailAddress> ordinary = new ArrayList<>();
        for (EmailAddress address : addresses) {
            if (returnPaths.isOurs(address)) {
                resolutions.put(address, returned(address));
            } else {
                ordinary.add(address);
            }
        }
        directory.resolve(ordinary).forEach((address, found) -> resolutions.put(address, orPostmaster(address, found)));
        return resolutions;
    }

    private Resolution returned(EmailAddress address) {
        return returnPaths.reverse(address) instanceof SrsReversal.Sender(EmailAddress sender)
                ? new Resolution.PassedOn(address, sender)
                : Resolution.UNKNOWN;
    }

    private Resolution orPostmaster(EmailAddress address, Resolution found) {
        boolean nobodys = found instanceof Resolution.Unknown || isOfThisHost(address, found);
        return nobodys && Postmasters.isNamedBy(address)
                ? postmasters.administrator().map(Resolution.class::cast).orElse(found)
                : found;
    }

    /** The host's own name needs no domain for its postmaster. */
    private boolean isOfThisHost(EmailAddress address, Resolution found) {
        return found instanceof Resolution.Outside && address.domain().ascii().equals(name.get());
    }
}
