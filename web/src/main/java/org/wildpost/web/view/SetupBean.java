// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.admin.FirstVisit;
import org.wildpost.web.session.SignIn;
import org.wildpost.web.view.admin.Refusals;

/** The page that a new server shows to whoever comes first: what it is called, and who administers it. */
@Named("setup")
@RequestScoped
public class SetupBean {
    /** A name with a dot whose last label is none of an IP address. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]+\\.[A-Za-z-][A-Za-z0-9-]*");

    @Inject
    FirstVisit visit;

    @Inject
    SignIn signIn;

    @Inject
    HttpServletRequest request;

    @Inject
    Refusals refusals;

    @Inject
    Texts texts;

    private String hostname = "";
    private String email = "";
    private String password = "";

    /** Proposes the name under which the visitor came, else what the machine is called. */
    public void open() {
        if (!FacesContext.getCurrentInstance().isPostback()) {
            hostname = proposal(request.getServerName(), visit.proposedName());
        }
    }

    /** Sets the server up and logs its administrator in. */
    public @Nullable String finish() {
        if (!refusals.done(visit.setUp(hostname, email, new Secret(password)))) {
            return null;
        }
        if (!signIn.login(request, email, password)) {
            return "/login?faces-redirect=true";
        }
        texts.doneThere("setup.done");
        return "/admin/accounts/list?faces-redirect=true";
    }

    static String proposal(String visited, String otherwise) {
        return NAME.matcher(visited).matches() ? visited : otherwise;
    }

    public boolean isNamed() {
        return visit.named();
    }

    public String getHostname() {
        return hostname;
    }

    public void setHostname(@Nullable String hostname) {
        this.hostname = hostname == null ? "" : hostname;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(@Nullable String email) {
        this.email = email == null ? "" : email;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = password == null ? "" : password;
    }
}
