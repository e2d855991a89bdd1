// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.wildpost.persistence.transport.JpaTransportRules;
import org.wildpost.persistence.transport.TransportRules;

/** Gives the services here their repository over the container's entity manager. */
@ApplicationScoped
public class RouteRepositories {
    @PersistenceContext(unitName = "wildpost")
    EntityManager entityManager;

    @Produces
    TransportRules transportRules() {
        return new JpaTransportRules(entityManager);
    }
}
