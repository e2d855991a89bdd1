// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.admin.aliases;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.ejb.admin.AliasAdministration;
import org.wildpost.ejb.admin.AliasChange;
import org.wildpost.ejb.admin.AliasDraft;
import org.wildpost.ejb.admin.AliasView;
import org.wildpost.web.session.CurrentOwner;
import org.wildpost.web.view.Texts;
import org.wildpost.web.view.admin.Addresses;
import org.wildpost.web.view.admin.Refusals;

/** One alias: made, changed, deleted. */
@Named("adminAliasesEdit")
@ViewScoped
public class EditBean implements Serializable {
    private static final String LIST = "/admin/aliases/list?faces-redirect=true";

    @Inject
    AliasAdministration administration;

    @Inject
    CurrentOwner owner;

    @Inject
    Refusals refusals;

    @Inject
    Texts texts;

    private @Nullable String alias;
    private String email = "";
    private String targets = "";
    private String typedName = "";
    private boolean enabled = true;
    private boolean internalOnly;

    /** Shows the alias that was asked for; an empty form when none was. */
    public void open() throws IOException {
        FacesContext context = FacesContext.getCurrentInstance();
        if (context.isPostback() || isFresh()) {
            return;
        }
        owner.requireAdministrator();
        Optional<AliasView> found = administration.find(alias());
        if (found.isEmpty()) {
            context.getExternalContext().responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
            context.responseComplete();
            return;
        }
        AliasView view = found.get();
        email = view.email().toString();
        targets = Addresses.shown(view.targets());
        enabled = !view.disabled();
        internalOnly = view.internalOnly();
    }

    public @Nullable String save() {
        owner.requireAdministrator();
        boolean created = isFresh();
        boolean done = created
                ? refusals.done(
                        administration.create(new AliasDraft(email, Addresses.typed(targets), internalOnly, !enabled)))
                : refusals.done(administration.change(
                        alias(),
                        new AliasChange(
                                Optional.of(Addresses.typed(targets)),
                                Optional.of(internalOnly),
                                Optional.of(!enabled))));
        if (!done) {
            return null;
        }
        texts.doneThere(created ? "admin.aliases.edit.created" : "admin.saved", email.strip());
        return LIST;
    }

    /** Deletes only what was named by hand. */
    public @Nullable String delete() {
        owner.requireAdministrator();
        if (!typedName.strip().equalsIgnoreCase(email)) {
            texts.refused("admin.delete.mismatch");
            return null;
        }
        if (!refusals.done(administration.delete(alias()))) {
            return null;
        }
        texts.doneThere("admin.aliases.edit.deleted", email);
        return LIST;
    }

    private String alias() {
        return alias == null ? "" : alias;
    }

    public boolean isFresh() {
        return alias().isEmpty();
    }

    public @Nullable String getAlias() {
        return alias;
    }

    public void setAlias(@Nullable String alias) {
        this.alias = alias;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getTargets() {
        return targets;
    }

    public void setTargets(@Nullable String targets) {
        this.targets = targets == null ? "" : targets;
    }

    public String getTypedName() {
        return typedName;
    }

    public void setTypedName(@Nullable String typedName) {
        this.typedName = typedName == null ? "" : typedName;
    }

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public boolean isInternalOnly() {
        return internalOnly;
    }

    public void setInternalOnly(boolean internalOnly) {
        this.internalOnly = internalOnly;
    }
}
