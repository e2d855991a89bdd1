// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.listener.Authentication;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.Peer;
import org.wildpost.ejb.admin.AccountAdministration;
import org.wildpost.ejb.admin.AccountView;
import org.wildpost.ejb.identity.AuthenticationService;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.web.session.Sites;

/**
 * Lets administrators in by HTTP Basic (RFC 7617) over TLS, and nobody else, before anything of the request is looked at. What a page of
 * another site makes a browser send is refused even with credentials.
 */
@Provider
@PreMatching
@ApplicationScoped
public class BasicAuthentication implements ContainerRequestFilter {
    private static final String CHALLENGE = "Basic realm=\"Wildpost administration\", charset=\"UTF-8\"";

    @Inject
    AuthenticationService authentication;

    @Inject
    AccountAdministration accounts;

    @Inject
    ServerSettings settings;

    @Context
    HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        refusal(context).ifPresent(context::abortWith);
    }

    private Optional<Response> refusal(ContainerRequestContext context) {
        if (Sites.isForeign(context.getHeaderString(Sites.FIELD))) {
            return forbidden("requests of other sites are refused");
        }
        if (!request.isSecure() && !settings.allowPlaintextLogin()) {
            return forbidden("passwords are only taken over TLS");
        }
        Optional<BasicCredentials> credentials =
                BasicCredentials.parse(context.getHeaderString(HttpHeaders.AUTHORIZATION));
        if (credentials.isEmpty()) {
            return unauthorized("credentials of an administrator are needed");
        }
        Authentication door = authentication;
        LoginResult result = door.login(new LoginAttempt(
                MailProtocol.REST,
                peer(),
                credentials.get().username(),
                credentials.get().password()));
        return switch (result) {
            case LoginResult.Rejected rejected -> unauthorized("the name or the password is wrong");
            case LoginResult.Accepted accepted ->
                accounts.find(accepted.account())
                                .filter(AccountView::superAdmin)
                                .isPresent()
                        ? Optional.empty()
                        : forbidden("the account is not an administrator's");
        };
    }

    private Peer peer() {
        return new Peer(InetAddress.ofLiteral(request.getRemoteAddr()), request.getRemotePort(), tls());
    }

    private Optional<Peer.Tls> tls() {
        @Nullable Object cipher = request.getAttribute("jakarta.servlet.request.cipher_suite");
        return request.isSecure() ? Optional.of(new Peer.Tls("TLS", Objects.toString(cipher, ""))) : Optional.empty();
    }

    private static Optional<Response> unauthorized(String detail) {
        return Optional.of(Response.fromResponse(Problem.of(401, detail).response())
                .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE)
                .build());
    }

    private static Optional<Response> forbidden(String detail) {
        return Optional.of(Problem.of(403, detail).response());
    }
}
