// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.alias;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.DomainId;
import org.wildpost.persistence.jdbc.Sql;

/** {@link Aliases} in the database. As safe for threads as its entity manager. */
public final class JpaAliases implements Aliases {
    private static final String MATCHING = "where a.address like :pattern escape '!'"
            + " or lower(array_to_string(a.targets, ' ')) like :pattern escape '!' ";

    private final EntityManager entityManager;

    public JpaAliases(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @Override
    public Optional<Alias> find(EmailAddress address) {
        return entityManager
                .createQuery("select a from Alias a where a.address = :address", Alias.class)
                .setParameter("address", address.canonical().toString())
                .getResultList()
                .stream()
                .findFirst();
    }

    @Override
    public List<Alias> search(String text, int offset, int limit) {
        return entityManager
                .createQuery("select a from Alias a " + MATCHING + "order by a.address", Alias.class)
                .setParameter("pattern", pattern(text))
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    @Override
    public long count(String text) {
        return entityManager
                .createQuery("select count(a) from Alias a " + MATCHING, Long.class)
                .setParameter("pattern", pattern(text))
                .getSingleResult();
    }

    @Override
    public long countOf(DomainId domain) {
        return entityManager
                .createQuery("select count(a) from Alias a where a.domain.id = :domain", Long.class)
                .setParameter("domain", domain.value())
                .getSingleResult();
    }

    @Override
    public void add(Alias alias) {
        entityManager.persist(alias);
        entityManager.flush();
    }

    @Override
    public void remove(Alias alias) {
        entityManager.remove(alias);
        entityManager.flush();
    }

    @Override
    public void removeAllOf(DomainId domain) {
        entityManager
                .createQuery("delete from Alias a where a.domain.id = :domain")
                .setParameter("domain", domain.value())
                .executeUpdate();
    }

    private static String pattern(String text) {
        String wanted = Sql.storable(text).strip().toLowerCase(Locale.ROOT);
        return "%" + wanted.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}
