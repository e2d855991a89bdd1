// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.admin.accounts;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.admin.AccountAdministration;
import org.wildpost.ejb.admin.AccountChange;
import org.wildpost.ejb.admin.AccountDraft;
import org.wildpost.ejb.admin.AccountView;
import org.wildpost.ejb.admin.MailHandling;
import org.wildpost.ejb.mailbox.Quotas;
import org.wildpost.web.session.CurrentOwner;
import org.wildpost.web.view.Texts;
import org.wildpost.web.view.admin.Addresses;
import org.wildpost.web.view.admin.Refusals;

/** One account: made, changed, deleted. */
@Named("adminAccountsEdit")
@ViewScoped
public class EditBean implements Serializable {
    private static final String LIST = "/admin/accounts/list?faces-redirect=true";

    @Inject
    AccountAdministration administration;

    @Inject
    Quotas quotas;

    @Inject
    CurrentOwner owner;

    @Inject
    Refusals refusals;

    @Inject
    Texts texts;

    private @Nullable String account;
    private String email = "";
    private String name = "";
    private String password = "";
    private String redirectTo = "";
    private String typedName = "";
    private boolean enabled = true;
    private boolean superAdmin;
    private final HandlingForm handling = new HandlingForm();
    private final QuotaForm quota = new QuotaForm();

    /** Shows the account that was asked for; an empty form when none was. */
    public void open() throws IOException {
        FacesContext context = FacesContext.getCurrentInstance();
        if (context.isPostback() || isFresh()) {
            return;
        }
        owner.requireAdministrator();
        Optional<AccountView> found = administration.find(account());
        if (found.isEmpty()) {
            context.getExternalContext().responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
            context.responseComplete();
            return;
        }
        AccountView view = found.get();
        email = view.email().toString();
        name = view.name();
        enabled = !view.disabled();
        superAdmin = view.superAdmin();
        redirectTo = Addresses.shown(view.redirectTo());
        handling.show(view.handling());
        quota.show(quotas.of(view.id()));
    }

    public @Nullable String save() {
        owner.requireAdministrator();
        return isFresh() ? create() : change();
    }

    public void changePassword() {
        owner.requireAdministrator();
        if (refusals.done(administration.setPassword(account(), new Secret(password)))) {
            texts.done("admin.accounts.edit.passwordChanged");
        }
        password = "";
    }

    public void changeQuota() {
        owner.requireAdministrator();
        Optional<AccountView> found = administration.find(account());
        Optional<QuotaLimits> limits = quota.read();
        if (found.isEmpty()) {
            texts.refused("admin.refused.gone");
        } else if (limits.isEmpty()) {
            texts.refused("admin.accounts.edit.quota.malformed");
        } else {
            quotas.limit(found.get().id(), limits.get());
            quota.show(quotas.of(found.get().id()));
            texts.done("admin.saved", email);
        }
    }

    /** Deletes only what was named by hand. */
    public @Nullable String delete() {
        owner.requireAdministrator();
        if (!typedName.strip().equalsIgnoreCase(email)) {
            texts.refused("admin.delete.mismatch");
            return null;
        }
        if (!refusals.done(administration.delete(account()))) {
            return null;
        }
        texts.doneThere("admin.accounts.edit.deleted", email);
        return LIST;
    }

    private @Nullable String create() {
        AccountDraft draft = new AccountDraft(
                email, name, new Secret(password), !enabled, superAdmin, Addresses.typed(redirectTo), handling.read());
        password = "";
        if (!refusals.done(administration.create(draft))) {
            return null;
        }
        texts.doneThere("admin.accounts.edit.created", email.strip());
        return LIST;
    }

    private @Nullable String change() {
        AccountChange change = AccountChange.NONE
                .withName(name)
                .withDisabled(!enabled)
                .withSuperAdmin(superAdmin)
                .withRedirectTo(Addresses.typed(redirectTo))
                .withHandling(MailHandling.Change.to(handling.read()));
        if (!refusals.done(administration.change(account(), change))) {
            return null;
        }
        texts.doneThere("admin.saved", email);
        return LIST;
    }

    private String account() {
        return account == null ? "" : account;
    }

    public boolean isFresh() {
        return account().isEmpty();
    }

    public @Nullable String getAccount() {
        return account;
    }

    public void setAccount(@Nullable String account) {
        this.account = account;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name == null ? "" : name;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = password == null ? "" : password;
    }

    public String getRedirectTo() {
        return redirectTo;
    }

    public void setRedirectTo(@Nullable String redirectTo) {
        this.redirectTo = redirectTo == null ? "" : redirectTo;
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

    public boolean isSuperAdmin() {
        return superAdmin;
    }

    public void setSuperAdmin(boolean superAdmin) {
        this.superAdmin = superAdmin;
    }

    public HandlingForm getHandling() {
        return handling;
    }

    public QuotaForm getQuota() {
        return quota;
    }
}
