// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.dns;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.wildpost.core.dns.DnsJavaResolver;
import org.wildpost.core.dns.DnsResolver;
import org.wildpost.ejb.settings.NetworkSettings;

/** Makes the resolver at the first question and ends it with the application. */
@ApplicationScoped
public class Resolvers {
    @Inject
    NetworkSettings settings;

    @Produces
    @ApplicationScoped
    DnsResolver resolver() {
        return new DnsJavaResolver(settings.dns());
    }

    void close(@Disposes DnsResolver resolver) {
        if (resolver instanceof DnsJavaResolver ours) {
            ours.close();
        }
    }
}
