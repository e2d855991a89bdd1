// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.wildpost.persistence.dkim.JpaSigningKeys;
import org.wildpost.persistence.dkim.SigningKeys;

/** Gives the services here their repositories over the container's entity manager. */
@ApplicationScoped
public class SubmissionRepositories {
    @PersistenceContext(unitName = "wildpost")
    EntityManager entityManager;

    @Produces
    SigningKeys signingKeys() {
        return new JpaSigningKeys(entityManager);
    }
}
