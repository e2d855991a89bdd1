// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.admin.domains;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.ejb.admin.DomainAdministration;
import org.wildpost.ejb.admin.DomainChange;
import org.wildpost.ejb.admin.DomainView;
import org.wildpost.web.session.CurrentOwner;
import org.wildpost.web.view.Texts;
import org.wildpost.web.view.admin.Refusals;

/** One domain: made, disabled or enabled, deleted. */
@Named("adminDomainsEdit")
@ViewScoped
public class EditBean implements Serializable {
    private static final String LIST = "/admin/domains/list?faces-redirect=true";

    @Inject
    DomainAdministration administration;

    @Inject
    CurrentOwner owner;

    @Inject
    Refusals refusals;

    @Inject
    Texts texts;

    private @Nullable String domain;
    private String name = "";
    private String typedName = "";
    private boolean enabled = true;
    private long accounts;
    private String aliasOf = "";
    private String forwardTo = "";
    private String catchAll = "";

    /** Shows the domain that was asked for; an empty form when none was. */
    public void open() throws IOException {
        FacesContext context = FacesContext.getCurrentInstance();
        if (context.isPostback() || isFresh()) {
            return;
        }
        owner.requireAdministrator();
        Optional<DomainView> found = administration.find(domain());
        if (found.isEmpty()) {
            context.getExternalContext().responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
            context.responseComplete();
            return;
        }
        name = found.get().name().unicode();
        enabled = !found.get().disabled();
        accounts = found.get().accounts();
        aliasOf = found.get().aliasOf().map(DomainName::unicode).orElse("");
        forwardTo = found.get().forwardTo().map(DomainName::unicode).orElse("");
        catchAll = found.get().catchAll().map(EmailAddress::toString).orElse("");
    }

    public @Nullable String save() {
        owner.requireAdministrator();
        boolean created = isFresh();
        DomainChange change = DomainChange.NONE
                .withDisabled(!enabled)
                .withAliasOf(aliasOf)
                .withForwardTo(forwardTo)
                .withCatchAll(catchAll);
        boolean done = created
                ? refusals.done(administration.create(name, change))
                : refusals.done(administration.change(domain(), change));
        if (!done) {
            return null;
        }
        texts.doneThere(created ? "admin.domains.edit.created" : "admin.saved", name.strip());
        return LIST;
    }

    /** Deletes only what was named by hand, with all accounts in it. */
    public @Nullable String delete() {
        owner.requireAdministrator();
        String typed = typedName.strip();
        if (!typed.equalsIgnoreCase(name) && !typed.equalsIgnoreCase(domain())) {
            texts.refused("admin.delete.mismatch");
            return null;
        }
        if (!refusals.done(administration.delete(domain(), true))) {
            return null;
        }
        texts.doneThere("admin.domains.edit.deleted", name);
        return LIST;
    }

    private String domain() {
        return domain == null ? "" : domain;
    }

    public boolean isFresh() {
        return domain().isEmpty();
    }

    public @Nullable String getDomain() {
        return domain;
    }

    public void setDomain(@Nullable String domain) {
        this.domain = domain;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
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

    public long getAccounts() {
        return accounts;
    }

    public String getAliasOf() {
        return aliasOf;
    }

    public void setAliasOf(@Nullable String aliasOf) {
        this.aliasOf = aliasOf == null ? "" : aliasOf;
    }

    public String getForwardTo() {
        return forwardTo;
    }

    public void setForwardTo(@Nullable String forwardTo) {
        this.forwardTo = forwardTo == null ? "" : forwardTo;
    }

    public String getCatchAll() {
        return catchAll;
    }

    public void setCatchAll(@Nullable String catchAll) {
        this.catchAll = catchAll == null ? "" : catchAll;
    }
}
