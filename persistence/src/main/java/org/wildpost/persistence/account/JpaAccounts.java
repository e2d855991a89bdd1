// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.account;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.DomainId;
import org.wildpost.core.sasl.ScramVerifier;
import org.wildpost.persistence.jdbc.Sql;

/** {@link Accounts} in the database. As safe for threads as its entity manager. */
public final class JpaAccounts implements Accounts {
    private static final String MATCHING =
            "where lower(a.address) like :pattern escape '!' or lower(a.name) like :pattern escape '!' ";
    private static final String ADMINISTRATORS =
            "select count(a) from Account a join a.domain d where a.superAdmin and not a.disabled"
                    + " and not a.redirectOnly and not d.disabled ";

    private final EntityManager entityManager;

    public JpaAccounts(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @Override
    public Optional<Account> find(EmailAddress address) {
        return entityManager
                .createQuery("select a from Account a join fetch a.domain where a.address = :address", Account.class)
                .setParameter("address", canonical(address))
                .getResultList()
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Account> find(AccountId id) {
        return entityManager
                .createQuery("select a from Account a join fetch a.domain where a.id = :id", Account.class)
                .setParameter("id", id.value())
                .getResultList()
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Credentials> credentials(EmailAddress address) {
        return entityManager
                .createQuery(
                        "select a.id, a.address, a.passwordHash, a.disabled or a.redirectOnly or d.disabled"
                                + " from Account a join a.domain d where a.address = :address",
                        Object[].class)
                .setParameter("address", canonical(address))
                .getResultList()
                .stream()
                .map(row -> new Credentials(id(row[0]), address(row[1]), (String) row[2], !(Boolean) row[3]))
                .findFirst();
    }

    @Override
    public Optional<ScramCredentials> scramCredentials(EmailAddress address) {
        Query query = entityManager
                .createNativeQuery(
                        "select a.id, a.address, v.salt, v.iterations, v.stored_key, v.server_key, a.disabled or a.redirect_only or d.disabled"
                                + " from account a join domain d on d.id = a.domain_id"
                                + " join scram_verifier v on v.account_id = a.id and v.mechanism = :mechanism"
                                + " where a.address = :address",
                        Object[].class)
                .setParameter("mechanism", Account.SCRAM)
                .setParameter("address", canonical(address));
        return rows(query)
                .map(row -> new ScramCredentials(
                        id(row[0]),
                        address(row[1]),
                        new ScramVerifier((byte[]) row[2], (Integer) row[3], (byte[]) row[4], (byte[]) row[5]),
                        !(Boolean) row[6]))
                .findFirst();
    }

    @Override
    public List<Account> search(String text, int offset, int limit) {
        return entityManager
                .createQuery(
                        "select a from Account a join fetch a.domain " + MATCHING + "order by a.address", Account.class)
                .setParameter("pattern", pattern(text))
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    @Override
    public long count(String text) {
        return entityManager
                .createQuery("select count(a) from Account a " + MATCHING, Long.class)
                .setParameter("pattern", pattern(text))
                .getSingleResult();
    }

    @Override
    public boolean any() {
        return !entityManager
                .createQuery("select a.id from Account a", Long.class)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    @Override
    public List<Account> of(DomainId domain) {
        return entityManager
                .createQuery("select a from Account a where a.domain.id = :domain order by a.address", Account.class)
                .setParameter("domain", domain.value())
                .getResultList();
    }

    @Override
    public long administratorsBeside(AccountId account) {
        return entityManager
                .createQuery(ADMINISTRATORS + "and a.id <> :account", Long.class)
                .setParameter("account", account.value())
                .getSingleResult();
    }

    @Override
    public long administratorsBeside(DomainId domain) {
        return entityManager
                .createQuery(ADMINISTRATORS + "and d.id <> :domain", Long.class)
                .setParameter("domain", domain.value())
                .getSingleResult();
    }

    @Override
    public void add(Account account) {
        entityManager.persist(account);
        entityManager.flush();
    }

    @Override
    public void remove(Account account) {
        entityManager.remove(account);
        entityManager.flush();
    }

    @SuppressWarnings("unchecked") // a native query has no typed form in JPA 3.1
    private static Stream<Object[]> rows(Query query) {
        return ((List<Object[]>) query.getResultList()).stream();
    }

    private static AccountId id(Object column) {
        return new AccountId((Long) column);
    }

    private static EmailAddress address(Object column) {
        return EmailAddress.parse((String) column);
    }

    private static String canonical(EmailAddress address) {
        return address.canonical().toString();
    }

    private static String pattern(String text) {
        String wanted = Sql.storable(text).strip().toLowerCase(Locale.ROOT);
        return "%" + wanted.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}
