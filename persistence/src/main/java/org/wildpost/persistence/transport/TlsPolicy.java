// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.transport;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.trust.TlsLevel;

/**
 * What an operator demands of TLS on the way to a domain; known by that domain, which never changes. A domain with a dot in front stands for all below it.
 */
@Entity
@Table(name = "tls_policy")
public class TlsPolicy {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Column(name = "domain", updatable = false)
    private String domain;

    @Enumerated(EnumType.STRING)
    @Column(name = "level")
    private TlsLevel level;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(name = "names")
    private String[] names = {};

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For the persistence provider. */
    protected TlsPolicy() {}

    /** A new policy. */
    public TlsPolicy(String domain, Demand demand, Instant now) {
        this.domain = domain;
        this.createdAt = now;
        change(demand, now);
    }

    /**
     * What is demanded.
     *
     * @param names that the certificate may have instead of the host's; for {@link TlsLevel#VERIFY}
     */
    public record Demand(TlsLevel level, List<DomainName> names) {
        public Demand {
            names = List.copyOf(names);
        }
    }

    /** Replaces what is demanded. */
    public final void change(Demand demand, Instant now) {
        level = demand.level();
        names = demand.names().stream().map(DomainName::ascii).toArray(String[]::new);
        updatedAt = now;
    }

    public String domain() {
        return domain;
    }

    public Demand demand() {
        return new Demand(level, Arrays.stream(names).map(DomainName::new).toList());
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TlsPolicy policy && domain.equals(policy.domain());
    }

    @Override
    public int hashCode() {
        return domain.hashCode();
    }

    @Override
    public String toString() {
        return domain + " " + level.text();
    }
}
