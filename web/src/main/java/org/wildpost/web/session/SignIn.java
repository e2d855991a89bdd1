// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.admin.AccountAdministration;
import org.wildpost.ejb.identity.AuthenticationService;

/** Logs people in and out; who logs in gets a new session identity, so that nobody can have prepared it. */
@ApplicationScoped
public class SignIn {
    @Inject
    AuthenticationService authentication;

    @Inject
    AccountAdministration accounts;

    /**
     * Whether name and password were right. The service has slowed the attempt by then, and says how many may wait at a time: waiting here as
     * well would let a few guessers hold every thread of the web.
     */
    public boolean login(HttpServletRequest request, String name, String password) {
        LoginAttempt attempt =
                new LoginAttempt(MailProtocol.WEB, Peers.of(request), name.strip(), new Secret(password));
        return switch (authentication.login(attempt)) {
            case LoginResult.Accepted accepted -> {
                Optional<Owner> owner = owner(accepted.account());
                owner.ifPresent(here -> enter(request, here));
                yield owner.isPresent();
            }
            case LoginResult.Rejected _ -> false;
        };
    }

    public void logout(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /** Looks again whether the owner of a session may still be there, and as what: a new password ends every session of the old one. */
    Optional<Owner> standing(Owner owner) {
        return owner(owner.accountId()).filter(now -> now.mark().equals(owner.mark()));
    }

    private Optional<Owner> owner(AccountId account) {
        return accounts.find(account)
                .flatMap(view -> authentication
                        .passwordMark(view.email())
                        .map(mark -> new Owner(
                                account.value(), view.email().toString(), view.name(), view.superAdmin(), mark)));
    }

    private void enter(HttpServletRequest request, Owner owner) {
        // Whatever an owner before this one left in the session goes with it.
        logout(request);
        request.getSession(true).setAttribute(Owner.ATTRIBUTE, owner);
    }
}
