// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.dkim;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dkim.DkimAlgorithm;

/** {@link SigningKeys} in the database. As safe for threads as its entity manager. */
public final class JpaSigningKeys implements SigningKeys {
    private static final String KEYS = "select k from SigningKey k join fetch k.domain ";

    private final EntityManager entityManager;

    public JpaSigningKeys(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @Override
    public List<Active> active(DomainName domain) {
        return entityManager
                .createQuery(
                        "select k.selector, k.algorithm, k.sealed from SigningKey k join k.domain d"
                                + " where d.name = :domain and not d.disabled and k.state = :state order by k.algorithm desc",
                        Object[].class)
                .setParameter("domain", domain.ascii())
                .setParameter("state", SigningKey.State.ACTIVE)
                .getResultList()
                .stream()
                .map(row -> new Active((String) row[0], (DkimAlgorithm) row[1], (byte[]) row[2]))
                .toList();
    }

    @Override
    public List<SigningKey> of(DomainName domain) {
        return entityManager
                .createQuery(KEYS + "where k.domain.name = :domain order by k.id desc", SigningKey.class)
                .setParameter("domain", domain.ascii())
                .getResultList();
    }

    @Override
    public List<SigningKey> pending() {
        return entityManager
                .createQuery(KEYS + "where k.state = :state order by k.domain.name, k.id", SigningKey.class)
                .setParameter("state", SigningKey.State.PENDING)
                .getResultList();
    }

    @Override
    public List<SigningKey> retiredBefore(Instant moment) {
        return entityManager
                .createQuery(KEYS + "where k.state = :state and k.retiredAt < :moment", SigningKey.class)
                .setParameter("state", SigningKey.State.RETIRED)
                .setParameter("moment", moment)
                .getResultList();
    }

    @Override
    public void add(SigningKey key) {
        entityManager.persist(key);
        entityManager.flush();
    }

    @Override
    public void remove(SigningKey key) {
        entityManager.remove(key);
        entityManager.flush();
    }
}
