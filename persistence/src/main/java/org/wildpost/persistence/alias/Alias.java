// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.alias;

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
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.persistence.domain.Domain;

/** An address that stands for others, here or elsewhere; known by the address, which never changes and is no account's. */
@Entity
@Table(name = "alias")
public class Alias {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "domain_id", updatable = false)
    private Domain domain;

    @Column(name = "address", updatable = false)
    private String address;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(name = "targets")
    private String[] targets = {};

    @Column(name = "internal_only")
    private boolean internalOnly;

    @Column(name = "disabled")
    private boolean disabled;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For the persistence provider. */
    protected Alias() {}

    /**
     * A new alias that takes mail at once.
     *
     * @param domain  the domain of the address
     * @param address kept in canonical form
     * @param targets at least one
     */
    public Alias(Domain domain, EmailAddress address, List<EmailAddress> targets, Instant now) {
        if (!address.domain().equals(domain.name())) {
            throw new IllegalArgumentException(address + " is not an address of " + domain);
        }
        this.domain = domain;
        this.address = address.canonical().toString();
        this.createdAt = now;
        lead(targets, now);
    }

    /** Stands for these addresses from now on; at least one. */
    public final void lead(List<EmailAddress> addresses, Instant now) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("an alias leads somewhere");
        }
        targets = addresses.stream().map(EmailAddress::toString).toArray(String[]::new);
        updatedAt = now;
    }

    /** Takes mail of this server's own users only, or of everybody. */
    public void restrict(boolean toInternal, Instant now) {
        internalOnly = toInternal;
        updatedAt = now;
    }

    /** Takes no mail until it is enabled again. */
    public void disable(Instant now) {
        disabled = true;
        updatedAt = now;
    }

    /** Takes mail again. */
    public void enable(Instant now) {
        disabled = false;
        updatedAt = now;
    }

    public Domain domain() {
        return domain;
    }

    public EmailAddress address() {
        return EmailAddress.parse(address);
    }

    public List<EmailAddress> targets() {
        return List.of(targets).stream().map(EmailAddress::parse).toList();
    }

    public boolean internalOnly() {
        return internalOnly;
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
        return other instanceof Alias alias && address.equals(alias.address().toString());
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    @Override
    public String toString() {
        return address;
    }
}
