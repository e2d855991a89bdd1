// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
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

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "alias_of")
    private @Nullable Domain aliasOf;

    @Column(name = "forward_to")
    private @Nullable String forwardTo;

    @Column(name = "catch_all")
    private @Nullable String catchAll;

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

    /** Takes mail for its own addresses only. */
    public void ruleNothing(Instant now) {
        aliasOf = null;
        forwardTo = null;
        catchAll = null;
        updatedAt = now;
    }

    /** Looks every address up in another domain, which has no rule of this kind itself. */
    public void standFor(Domain other, Instant now) {
        if (other.equals(this) || other.aliasOf != null) {
            throw new IllegalArgumentException(other + " cannot be what " + this + " stands for");
        }
        ruleNothing(now);
        aliasOf = other;
    }

    /** Sends what nobody has here to the same local part of another domain. */
    public void forward(DomainName other, Instant now) {
        if (other.equals(name())) {
            throw new IllegalArgumentException(this + " cannot be forwarded to itself");
        }
        ruleNothing(now);
        forwardTo = other.ascii();
    }

    /** Sends what nobody has here to an address. */
    public void catchAll(EmailAddress address, Instant now) {
        ruleNothing(now);
        catchAll = address.toString();
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

    /** The domain in which its addresses are looked up. */
    public Optional<Domain> aliasOf() {
        return Optional.ofNullable(aliasOf);
    }

    /** The domain that gets what nobody has here. */
    public Optional<DomainName> forwardTo() {
        return Optional.ofNullable(forwardTo).map(DomainName::parse);
    }

    /** The address that gets what nobody has here. */
    public Optional<EmailAddress> catchAll() {
        return Optional.ofNullable(catchAll).map(EmailAddress::parse);
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
