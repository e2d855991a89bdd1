// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.wildpost.persistence.maildrop.JpaMaildrops;
import org.wildpost.persistence.maildrop.Maildrops;

/** Gives the services here their repository over the container's entity manager. */
@ApplicationScoped
public class DeliveryRepositories {
    @PersistenceContext(unitName = "wildpost")
    EntityManager entityManager;

    @Produces
    Maildrops maildrops() {
        return new JpaMaildrops(entityManager);
    }
}
