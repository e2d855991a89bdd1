// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.domain;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.id.DomainId;
import org.wildpost.persistence.jdbc.Sql;

/** {@link Domains} in the database. As safe for threads as its entity manager. */
public final class JpaDomains implements Domains {
    /** Any number that nobody else locks. */
    private static final long ADMINISTRATION = 0x77696c64706f7374L;

    private static final String COUNTED =
            "select d, (select count(a) from Account a where a.domain = d) from Domain d left join fetch d.aliasOf ";

    private final EntityManager entityManager;

    public JpaDomains(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @Override
    public Optional<Domain> find(DomainName name) {
        return entityManager
                .createQuery("select d from Domain d where d.name = :name", Domain.class)
                .setParameter("name", name.ascii())
                .getResultList()
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Counted> findCounted(DomainName name) {
        return entityManager
                .createQuery(COUNTED + "where d.name = :name", Object[].class)
                .setParameter("name", name.ascii())
                .getResultList()
                .stream()
                .map(JpaDomains::counted)
                .findFirst();
    }

    @Override
    public boolean exists(DomainName name) {
        return !entityManager
                .createQuery("select d.id from Domain d where d.name = :name", Long.class)
                .setParameter("name", name.ascii())
                .getResultList()
                .isEmpty();
    }

    @Override
    public boolean hasAliases(DomainId domain) {
        return !entityManager
                .createQuery("select d.id from Domain d where d.aliasOf.id = :domain", Long.class)
                .setParameter("domain", domain.value())
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    @Override
    public List<Counted> search(String text, int offset, int limit) {
        return entityManager
                .createQuery(COUNTED + "where d.name like :pattern escape '!' order by d.name", Object[].class)
                .setParameter("pattern", pattern(text))
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(JpaDomains::counted)
                .toList();
    }

    @Override
    public long count(String text) {
        return entityManager
                .createQuery("select count(d) from Domain d where d.name like :pattern escape '!'", Long.class)
                .setParameter("pattern", pattern(text))
                .getSingleResult();
    }

    @Override
    public void add(Domain domain) {
        entityManager.persist(domain);
        entityManager.flush();
    }

    @Override
    public void remove(Domain domain) {
        entityManager.remove(domain);
        entityManager.flush();
    }

    @Override
    public void lockAdministration() {
        entityManager
                .createNativeQuery("select 1 from pg_advisory_xact_lock(:key)", Integer.class)
                .setParameter("key", ADMINISTRATION)
                .getSingleResult();
    }

    private static Counted counted(Object[] row) {
        return new Counted((Domain) row[0], (Long) row[1]);
    }

    /** Names are stored as A-labels, people look for U-labels. */
    private static String pattern(String text) {
        String wanted = Sql.storable(text).strip().toLowerCase(Locale.ROOT);
        try {
            wanted = DomainName.parse(wanted).ascii();
        } catch (AddressException e) {
            // A piece of a name need not be one: it is looked for as it stands.
        }
        return "%" + wanted.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}
