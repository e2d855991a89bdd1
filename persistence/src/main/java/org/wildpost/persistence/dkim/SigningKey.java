// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.dkim;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.dkim.DkimAlgorithm;
import org.wildpost.persistence.domain.Domain;

/**
 * One half-hidden key of a domain; known by domain and selector, which never change. It is made, signs for a while, and stays published until the
 * last message that it signed has arrived.
 */
@Entity
@Table(name = "dkim_key")
public class SigningKey {
    /** The life of a key, in this order. */
    public enum State {
        /** To be published in the DNS; signs nothing yet. */
        PENDING,
        /** Signs what leaves. */
        ACTIVE,
        /** Signs no more; its record stays in the DNS for the overlap. */
        RETIRED
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "domain_id", updatable = false)
    private Domain domain;

    @Column(name = "selector", updatable = false)
    private String selector;

    @Enumerated(EnumType.STRING)
    @Column(name = "algorithm", updatable = false)
    private DkimAlgorithm algorithm;

    @Column(name = "private_key", updatable = false)
    private byte[] sealed;

    @Column(name = "public_record", updatable = false)
    private String record;

    @Enumerated(EnumType.STRING)
    @Column(name = "state")
    private State state;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "activated_at")
    private @Nullable Instant activatedAt;

    @Column(name = "retired_at")
    private @Nullable Instant retiredAt;

    /** For the persistence provider. */
    protected SigningKey() {}

    /**
     * A new key that signs nothing yet.
     *
     * @param sealed the private key as PKCS #8, sealed; not to be changed
     * @param record the text to be published (RFC 6376 §3.6.1)
     */
    public SigningKey(
            Domain domain, String selector, DkimAlgorithm algorithm, byte[] sealed, String record, Instant now) {
        this.domain = domain;
        this.selector = selector;
        this.algorithm = algorithm;
        this.sealed = sealed.clone();
        this.record = record;
        this.state = State.PENDING;
        this.createdAt = now;
    }

    /** Signs from now on. */
    public void activate(Instant now) {
        if (state != State.PENDING) {
            throw new IllegalStateException("only a pending key is activated: " + this);
        }
        state = State.ACTIVE;
        activatedAt = now;
    }

    /** Signs no more. */
    public void retire(Instant now) {
        state = State.RETIRED;
        retiredAt = now;
    }

    public Domain domain() {
        return domain;
    }

    public String selector() {
        return selector;
    }

    public DkimAlgorithm algorithm() {
        return algorithm;
    }

    /** The private key, sealed. */
    public byte[] sealed() {
        return sealed.clone();
    }

    /** The text of the record in the DNS. */
    public String record() {
        return record;
    }

    public State state() {
        return state;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Optional<Instant> activatedAt() {
        return Optional.ofNullable(activatedAt);
    }

    public Optional<Instant> retiredAt() {
        return Optional.ofNullable(retiredAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SigningKey key && domain.equals(key.domain()) && selector.equals(key.selector());
    }

    @Override
    public int hashCode() {
        return selector.hashCode();
    }

    @Override
    public String toString() {
        return selector + "._domainkey." + domain;
    }
}
