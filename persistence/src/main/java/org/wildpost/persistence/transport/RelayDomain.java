// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.transport;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;

/** A domain of somebody else for which mail is taken and passed on; known by its name, which never changes. */
@Entity
@Table(name = "relay_domain")
public class RelayDomain {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Column(name = "name", updatable = false)
    private String name;

    @Column(name = "host")
    private @Nullable String host;

    @Column(name = "port")
    private int port;

    @Column(name = "disabled")
    private boolean disabled;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For the persistence provider. */
    protected RelayDomain() {}

    /** A new domain. */
    public RelayDomain(DomainName name, Target target, Instant now) {
        this.name = name.ascii();
        this.createdAt = now;
        change(target, now);
    }

    /**
     * Where its mail goes.
     *
     * @param host empty: to those of its exchangers that are nearer than this server
     */
    public record Target(Optional<DomainName> host, int port, boolean disabled) {}

    /** Replaces where its mail goes. */
    public final void change(Target target, Instant now) {
        host = target.host().map(DomainName::ascii).orElse(null);
        port = target.port();
        disabled = target.disabled();
        updatedAt = now;
    }

    public DomainName name() {
        return new DomainName(name);
    }

    public Target target() {
        return new Target(Optional.ofNullable(host).map(DomainName::new), port, disabled);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RelayDomain domain && name.equals(domain.name().ascii());
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
