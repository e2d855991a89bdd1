// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import org.wildpost.core.transport.TransportSettings;

/**
 * The courier of the deployed server: as long as the server runs it keeps connections to next hops open for a while. The caller's thread does the work
 * and should be a virtual one. Safe for all threads.
 */
@ApplicationScoped
public class PooledCourier implements Courier {
    @Inject
    Instance<Routes> routes;

    @Inject
    Instance<TlsWitness> witnesses;

    private SmtpCourier courier;

    @PostConstruct
    void open() {
        courier = new SmtpCourier(
                routes.get(),
                encounter -> witnesses.forEach(witness -> witness.saw(encounter)),
                CourierLimits.DEFAULTS,
                TransportSettings.DEFAULTS,
                InstantSource.system());
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
