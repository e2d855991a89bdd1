// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.admin.accounts;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.wildpost.ejb.admin.AccountAdministration;
import org.wildpost.ejb.admin.AccountView;
import org.wildpost.ejb.admin.Page;
import org.wildpost.web.session.CurrentOwner;
import org.wildpost.web.view.admin.Pages;

/** All accounts, found by address or name. */
@Named("adminAccountsList")
@ViewScoped
public class ListBean implements Serializable {
    @Inject
    AccountAdministration administration;

    @Inject
    CurrentOwner owner;

    private String query = "";
    private transient @Nullable Pages<AccountView> rows;

    @PostConstruct
    void open() {
        rows = new Pages<>(this::page, row -> row.email().toString());
    }

    private Page<AccountView> page(int page, int size) {
        owner.requireAdministrator();
        return administration.list(query.strip(), page, size);
    }

    public @Nullable Pages<AccountView> getRows() {
        return rows;
    }

    public String getQuery() {
        return query;
    }

    public void setQuery(@Nullable String query) {
        this.query = query == null ? "" : query;
    }
}
