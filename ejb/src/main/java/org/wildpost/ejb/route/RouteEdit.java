// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.tls.PemCertificates;
import org.wildpost.core.tls.PemIdentity;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.ejb.admin.Refusal.Reason;
import org.wildpost.persistence.transport.RouteSettings;

/** Makes a route's settings of what was and what is to change. One instance per question. */
final class RouteEdit {
    /** SMTP between servers (RFC 5321 §4.5.4.2). */
    static final int RELAY_PORT = 25;

    /** Submission with a login (RFC 6409 §3.1). */
    static final int SUBMISSION_PORT = 587;

    /** Submission with TLS before the first word (RFC 8314 §3.3). */
    static final int SUBMISSIONS_PORT = 465;

    private static final int MAX_PEM = 32 * 1024;

    /** What a new route is before anything is said of it. */
    static final RouteSettings NOTHING = new RouteSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            RELAY_PORT,
            TlsLevel.MAY,
            List.of(),
            false,
            Optional.empty(),
            Optional.empty(),
            false,
            "");

    private final TransportChecks checks;
    private final RouteSecrets secrets;
    private final RouteSettings before;
    private final RouteChange change;

    RouteEdit(TransportChecks checks, RouteSecrets secrets, RouteSettings before, RouteChange change) {
        this.checks = checks;
        this.secrets = secrets;
        this.before = before;
        this.change = change;
    }

    /** The settings; only to be used when nothing is broken. */
    RouteSettings settings() {
        Optional<DomainName> host =
                change.host().map(text -> checks.host("host", text)).orElse(before.host());
        boolean implicit = change.implicitTls().orElse(before.implicitTls());
        Optional<RouteSettings.SealedLogin> login = host.flatMap(this::login);
        int usual = implicit ? SUBMISSIONS_PORT : login.isPresent() ? SUBMISSION_PORT : RELAY_PORT;
        TlsLevel tls = change.tls()
                .map(text -> checks.level("tls", text))
                .orElse(before.equals(NOTHING) && login.isPresent() ? TlsLevel.ENCRYPT : before.tls());
        if (implicit && tls == TlsLevel.NONE) {
            checks.refuse("tls", Reason.MALFORMED, "with implicit TLS there is TLS");
        }
        return new RouteSettings(
                change.senderDomain()
                        .map(text -> checks.domain("senderDomain", text))
                        .orElse(before.sender()),
                change.recipientDomain()
                        .map(text -> checks.domain("recipientDomain", text))
                        .orElse(before.recipient()),
                host,
                checks.port(change.port().orElse(before.equals(NOTHING) ? 0 : before.port()), usual),
                tls,
                change.tlsNames().map(texts -> checks.names("tlsNames", texts)).orElse(before.tlsNames()),
                implicit,
                login,
                host.flatMap(this::identity),
                change.disabled().orElse(before.disabled()),
                change.note()
                        .map(text -> checks.line("note", text, TransportChecks.MAX_NOTE))
                        .orElse(before.note()));
    }

    private Optional<RouteSettings.SealedLogin> login(DomainName host) {
        String username = change.username()
                .map(text -> checks.line("username", text, TransportChecks.MAX_LOGIN))
                .orElse(before.login().map(RouteSettings.SealedLogin::username).orElse(""));
        if (username.isEmpty()) {
            if (change.password().isPresent()) {
                checks.refuse("username", Reason.MISSING, "a password needs a user name");
            }
            return Optional.empty();
        }
        boolean clearText = change.clearText()
                .orElse(before.login().map(RouteSettings.SealedLogin::clearText).orElse(false));
        Optional<Secret> password = change.password().or(this::passwordBefore);
        if (password.isEmpty() || password.get().reveal().isEmpty()) {
            return checks.refuse("password", Reason.MISSING, "a user name needs a password");
        }
        if (password.get().reveal().length() > TransportChecks.MAX_LOGIN) {
            return checks.refuse("password", Reason.TOO_LONG, "a password has at most 256 characters");
        }
        return Optional.of(secrets.seal(host, username, password.get(), clearText));
    }

    /** Host or user may be others now, and they are bound into what is sealed: it is opened and sealed anew. */
    private Optional<Secret> passwordBefore() {
        if (before.host().isEmpty() || before.login().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    secrets.open(before.host().get(), before.login().get()).password());
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    private Optional<RouteSettings.SealedIdentity> identity(DomainName host) {
        String certificate = change.certificate()
                .orElse(before.identity()
                        .map(RouteSettings.SealedIdentity::certificate)
                        .orElse(""));
        if (certificate.isBlank()) {
            if (change.privateKey().isPresent()) {
                checks.refuse("certificate", Reason.MISSING, "a key needs a certificate");
            }
            return Optional.empty();
        }
        Optional<Secret> key = change.privateKey().or(this::keyBefore);
        if (key.isEmpty() || key.get().reveal().isBlank()) {
            return checks.refuse("privateKey", Reason.MISSING, "a certificate needs its key");
        }
        if (certificate.length() > MAX_PEM || key.get().reveal().length() > MAX_PEM) {
            return checks.refuse(
                    "certificate", Reason.TOO_LONG, "certificates have at most " + MAX_PEM + " characters");
        }
        try {
            PemCertificates.parse(certificate);
        } catch (IOException e) {
            return checks.refuse("certificate", Reason.MALFORMED, "the certificate is not one in PEM");
        }
        try {
            PemIdentity.parse(certificate, key.get().reveal());
        } catch (IOException e) {
            return checks.refuse("privateKey", Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
        return Optional.of(secrets.seal(host, certificate, key.get()));
    }

    private Optional<Secret> keyBefore() {
        if (before.host().isEmpty() || before.identity().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    secrets.key(before.host().get(), before.identity().get()));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }
}
