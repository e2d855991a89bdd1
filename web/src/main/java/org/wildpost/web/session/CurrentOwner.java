// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.session;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;

/** The owner of the request's session; the only place where pages take an account from. */
@Named("owner")
@RequestScoped
public class CurrentOwner {
    @Inject
    HttpServletRequest request;

    /** The owner, if anybody is logged in. */
    public Optional<Owner> find() {
        return of(request);
    }

    /** The account whose mail this request may touch. */
    public AccountId account() {
        return get().accountId();
    }

    public EmailAddress email() {
        return get().email();
    }

    /** @throws AccessDenied when nobody is logged in */
    public Owner get() {
        return find().orElseThrow(AccessDenied::new);
    }

    /**
     * Guards every administrative action, besides the filter.
     *
     * @throws AccessDenied when the person is no administrator
     */
    public void requireAdministrator() {
        if (!isAdministrator()) {
            throw new AccessDenied();
        }
    }

    public boolean isLoggedIn() {
        return find().isPresent();
    }

    public boolean isAdministrator() {
        return find().map(Owner::administrator).orElse(false);
    }

    public String getAddress() {
        return find().map(Owner::address).orElse("");
    }

    public String getInitial() {
        return find().map(Owner::initial).orElse("");
    }

    static Optional<Owner> of(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        @Nullable Object owner = session == null ? null : session.getAttribute(Owner.ATTRIBUTE);
        return owner instanceof Owner known ? Optional.of(known) : Optional.empty();
    }
}
