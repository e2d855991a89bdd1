// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.transport;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;

/** As whom this server calls with mail of a domain; known by that domain, which never changes. */
@Entity
@Table(name = "sender_origin")
public class SenderOrigin {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Column(name = "sender_domain", updatable = false)
    private @Nullable String senderDomain;

    @Column(name = "helo")
    private @Nullable String helo;

    @Column(name = "source")
    private @Nullable String source;

    @Column(name = "source6")
    private @Nullable String source6;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For the persistence provider. */
    protected SenderOrigin() {}

    /**
     * A new origin.
     *
     * @param sender empty: for all domains that have none of their own
     */
    public SenderOrigin(Optional<DomainName> sender, Call call, Instant now) {
        this.senderDomain = sender.map(DomainName::ascii).orElse(null);
        this.createdAt = now;
        change(call, now);
    }

    /**
     * How the server calls.
     *
     * @param helo    its name then; empty: the server's own
     * @param source  from which address; empty: the system chooses
     * @param source6 the same for IPv6
     */
    public record Call(Optional<DomainName> helo, Optional<Inet4Address> source, Optional<Inet6Address> source6) {}

    /** Replaces how it calls. */
    public final void change(Call call, Instant now) {
        helo = call.helo().map(DomainName::ascii).orElse(null);
        source = call.source().map(InetAddress::getHostAddress).orElse(null);
        source6 = call.source6().map(InetAddress::getHostAddress).orElse(null);
        updatedAt = now;
    }

    /** The row's identity; there is none before it is stored. */
    public long id() {
        return Objects.requireNonNull(id, "the origin is not stored yet");
    }

    public Optional<DomainName> sender() {
        return Optional.ofNullable(senderDomain).map(DomainName::new);
    }

    public Call call() {
        return new Call(
                Optional.ofNullable(helo).map(DomainName::new),
                Optional.ofNullable(source).map(Inet4Address::ofLiteral),
                Optional.ofNullable(source6).map(text -> (Inet6Address) Inet6Address.ofLiteral(text)));
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SenderOrigin origin && Objects.equals(senderDomain, origin.senderDomain);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(senderDomain);
    }

    @Override
    public String toString() {
        return Objects.toString(senderDomain, "*");
    }
}
