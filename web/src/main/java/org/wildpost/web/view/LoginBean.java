// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.wildpost.web.session.CurrentOwner;
import org.wildpost.web.session.LocalPath;
import org.wildpost.web.session.SignIn;

/** The login page. */
@Named("login")
@RequestScoped
public class LoginBean {
    @Inject
    SignIn signIn;

    @Inject
    CurrentOwner owner;

    @Inject
    HttpServletRequest request;

    @Inject
    Texts texts;

    private String name = "";
    private String password = "";
    private @Nullable String next;
    private boolean expired;

    /** Whoever is logged in already goes on. */
    public void open() throws IOException {
        if (owner.isLoggedIn()) {
            leave(LocalPath.of(next));
        }
    }

    public void enter() throws IOException {
        if (signIn.login(request, name, password)) {
            leave(LocalPath.of(next));
        } else {
            texts.refused("login.refused");
        }
        password = "";
    }

    public void logout() throws IOException {
        signIn.logout(request);
        leave("/login");
    }

    private static void leave(String path) throws IOException {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        external.redirect(external.getRequestContextPath() + path);
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public @Nullable String getNext() {
        return next;
    }

    public void setNext(@Nullable String next) {
        this.next = next;
    }

    public boolean isExpired() {
        return expired;
    }

    public void setExpired(boolean expired) {
        this.expired = expired;
    }
}
