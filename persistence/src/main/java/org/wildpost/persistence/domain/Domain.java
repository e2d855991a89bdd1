// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.id.DomainId;

/** A domain that this server takes mail for; known by its name, which never changes. */
@Entity
@Table(name = "domain")
public class Domain {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Column(name = "name", updatable = false)
    private String name;

    @Column(name = "disabled")
    private boolean disabled;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For the persistence provider. */
    protected Domain() {}

    /** A new domain that takes mail at once. */
    public Domain(DomainName name, Instant now) {
        this.name = name.ascii();
        this.createdAt = now;
        this.updatedAt = now;
    }

    /** Takes no mail and lets nobody in until it is enabled again; what is stored stays. */
    public void disable(Instant now) {
        disabled = true;
        updatedAt = now;
    }

    /** Takes mail and logins again. */
    public void enable(Instant now) {
        disabled = false;
        updatedAt = now;
    }

    /** The row's identity; there is none before it is stored. */
    public DomainId id() {
        return new DomainId(Objects.requireNonNull(id, "the domain is not stored yet"));
    }

    public DomainName name() {
        return DomainName.parse(name);
    }

    public boolean disabled() {
        return disabled;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Domain domain && name.equals(domain.name().ascii());
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
