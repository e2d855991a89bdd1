// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;

/**
 * The courier of the deployed server: as long as the server runs it keeps connections to next hops open for a while. The caller's thread does the work
 * and should be a virtual one. Safe for all threads.
 */
@ApplicationScoped
public class PooledCourier implements Courier {
    @Inject
    Routes routes;

    @Inject
    TlsWitness witness;

    @Inject
    OutgoingSettings settings;

    private SmtpCourier courier;

    @PostConstruct
    void open() {
        courier = new SmtpCourier(routes, witness, settings.limits(), settings.transport(), InstantSource.system());
    }

    @Override
    public List<Attempt> carry(Shipment shipment) {
        return courier.carry(shipment);
    }

    @PreDestroy
    void close() {
        courier.close();
    }
}
