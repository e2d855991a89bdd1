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
import java.util.Objects;
import java.util.Optional;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.trust.TlsLevel;

/** A route that an operator set; there is one for each pair of sender's and recipient's domain. */
@Entity
@Table(name = "outgoing_route")
public class OutgoingRoute {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Column(name = "sender_domain")
    private @Nullable String senderDomain;

    @Column(name = "recipient_domain")
    private @Nullable String recipientDomain;

    @Column(name = "host")
    private @Nullable String host;

    @Column(name = "port")
    private int port;

    @Enumerated(EnumType.STRING)
    @Column(name = "tls")
    private TlsLevel tls;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(name = "tls_names")
    private String[] tlsNames = {};

    @Column(name = "implicit_tls")
    private boolean implicitTls;

    @Column(name = "username")
    private @Nullable String username;

    @Column(name = "password")
    private byte @Nullable [] password;

    @Column(name = "clear_text")
    private boolean clearText;

    @Column(name = "certificate")
    private @Nullable String certificate;

    @Column(name = "private_key")
    private byte @Nullable [] privateKey;

    @Column(name = "disabled")
    private boolean disabled;

    @Column(name = "note")
    private String note;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For the persistence provider. */
    protected OutgoingRoute() {}

    /** A new route. */
    public OutgoingRoute(RouteSettings settings, Instant now) {
        this.createdAt = now;
        change(settings, now);
    }

    /** Replaces all that it says. */
    public final void change(RouteSettings settings, Instant now) {
        senderDomain = settings.sender().map(DomainName::ascii).orElse(null);
        recipientDomain = settings.recipient().map(DomainName::ascii).orElse(null);
        host = settings.host().map(DomainName::ascii).orElse(null);
        port = settings.port();
        tls = settings.tls();
        tlsNames = settings.tlsNames().stream().map(DomainName::ascii).toArray(String[]::new);
        implicitTls = settings.implicitTls();
        username = settings.login().map(RouteSettings.SealedLogin::username).orElse(null);
        password = settings.login().map(RouteSettings.SealedLogin::password).orElse(null);
        clearText = settings.login().map(RouteSettings.SealedLogin::clearText).orElse(false);
        certificate = settings.identity()
                .map(RouteSettings.SealedIdentity::certificate)
                .orElse(null);
        privateKey = settings.identity().map(RouteSettings.SealedIdentity::key).orElse(null);
        disabled = settings.disabled();
        note = settings.note();
        updatedAt = now;
    }

    /** The row's identity; there is none before it is stored. */
    public long id() {
        return Objects.requireNonNull(id, "the route is not stored yet");
    }

    /** What it says now. */
    public RouteSettings settings() {
        return new RouteSettings(
                domain(senderDomain),
                domain(recipientDomain),
                domain(host),
                port,
                tls,
                Arrays.stream(tlsNames).map(DomainName::new).toList(),
                implicitTls,
                username == null || password == null
                        ? Optional.empty()
                        : Optional.of(new RouteSettings.SealedLogin(username, password, clearText)),
                certificate == null || privateKey == null
                        ? Optional.empty()
                        : Optional.of(new RouteSettings.SealedIdentity(certificate, privateKey)),
                disabled,
                note);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    private static Optional<DomainName> domain(@Nullable String ascii) {
        return Optional.ofNullable(ascii).map(DomainName::new);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OutgoingRoute route && id != null && id.equals(route.id);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(id);
    }

    @Override
    public String toString() {
        return Objects.toString(senderDomain, "*") + " to " + Objects.toString(recipientDomain, "*") + " by "
                + Objects.toString(host, "its exchangers");
    }
}
