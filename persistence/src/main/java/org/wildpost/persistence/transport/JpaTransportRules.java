// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.transport;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wildpost.core.address.DomainName;

/** {@link TransportRules} in the database. As safe for threads as its entity manager. */
public final class JpaTransportRules implements TransportRules {
    private static final String LIKE = " like :pattern escape '!'";

    private final EntityManager entityManager;

    public JpaTransportRules(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @Override
    public List<OutgoingRoute> routes() {
        return all(OutgoingRoute.class);
    }

    @Override
    public Part<OutgoingRoute> routes(String text, int offset, int limit) {
        String where = "where coalesce(r.senderDomain, '')" + LIKE + " or coalesce(r.recipientDomain, '')" + LIKE
                + " or coalesce(r.host, '')" + LIKE;
        return part(
                OutgoingRoute.class,
                where,
                "order by coalesce(r.recipientDomain, ''), coalesce(r.senderDomain, '')",
                text,
                offset,
                limit);
    }

    @Override
    public Optional<OutgoingRoute> route(long id) {
        return Optional.ofNullable(entityManager.find(OutgoingRoute.class, id));
    }

    @Override
    public Optional<OutgoingRoute> route(Optional<DomainName> sender, Optional<DomainName> recipient) {
        return entityManager
                .createQuery(
                        "select r from OutgoingRoute r where coalesce(r.senderDomain, '') = :sender"
                                + " and coalesce(r.recipientDomain, '') = :recipient",
                        OutgoingRoute.class)
                .setParameter("sender", sender.map(DomainName::ascii).orElse(""))
                .setParameter("recipient", recipient.map(DomainName::ascii).orElse(""))
                .getResultList()
                .stream()
                .findFirst();
    }

    @Override
    public List<SenderOrigin> origins() {
        return all(SenderOrigin.class);
    }

    @Override
    public Part<SenderOrigin> origins(String text, int offset, int limit) {
        return part(
                SenderOrigin.class,
                "where coalesce(r.senderDomain, '')" + LIKE,
                "order by coalesce(r.senderDomain, '')",
                text,
                offset,
                limit);
    }

    @Override
    public Optional<SenderOrigin> origin(long id) {
        return Optional.ofNullable(entityManager.find(SenderOrigin.class, id));
    }

    @Override
    public Optional<SenderOrigin> origin(Optional<DomainName> sender) {
        return one(
                SenderOrigin.class,
                "where coalesce(r.senderDomain, '') = :key",
                sender.map(DomainName::ascii).orElse(""));
    }

    @Override
    public List<RelayDomain> relayDomains() {
        return all(RelayDomain.class);
    }

    @Override
    public Part<RelayDomain> relayDomains(String text, int offset, int limit) {
        return part(RelayDomain.class, "where r.name" + LIKE, "order by r.name", text, offset, limit);
    }

    @Override
    public Optional<RelayDomain> relayDomain(DomainName name) {
        return one(RelayDomain.class, "where r.name = :key", name.ascii());
    }

    @Override
    public List<TlsPolicy> tlsPolicies() {
        return all(TlsPolicy.class);
    }

    @Override
    public Part<TlsPolicy> tlsPolicies(String text, int offset, int limit) {
        return part(TlsPolicy.class, "where r.domain" + LIKE, "order by r.domain", text, offset, limit);
    }

    @Override
    public Optional<TlsPolicy> tlsPolicy(String domain) {
        return one(TlsPolicy.class, "where r.domain = :key", domain);
    }

    @Override
    public void add(Object rule) {
        entityManager.persist(rule);
        entityManager.flush();
    }

    @Override
    public void remove(Object rule) {
        entityManager.remove(rule);
        entityManager.flush();
    }

    private <T> List<T> all(Class<T> type) {
        return entityManager
                .createQuery("select r from " + type.getSimpleName() + " r", type)
                .getResultList();
    }

    private <T> Optional<T> one(Class<T> type, String where, String key) {
        return entityManager
                .createQuery("select r from " + type.getSimpleName() + " r " + where, type)
                .setParameter("key", key)
                .getResultList()
                .stream()
                .findFirst();
    }

    private <T> Part<T> part(Class<T> type, String where, String order, String text, int offset, int limit) {
        String pattern = "%"
                + text.strip()
                        .toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_")
                + "%";
        String from = " from " + type.getSimpleName() + " r " + where;
        List<T> rows = entityManager
                .createQuery("select r" + from + " " + order, type)
                .setParameter("pattern", pattern)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
        long total = entityManager
                .createQuery("select count(r)" + from, Long.class)
                .setParameter("pattern", pattern)
                .getSingleResult();
        return new Part<>(rows, total);
    }
}
