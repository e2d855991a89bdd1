// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.admin.domains;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.wildpost.ejb.admin.DomainAdministration;
import org.wildpost.ejb.admin.DomainView;
import org.wildpost.ejb.admin.Page;
import org.wildpost.web.session.CurrentOwner;
import org.wildpost.web.view.admin.Pages;

/** All domains, found by name. */
@Named("adminDomainsList")
@ViewScoped
public class ListBean implements Serializable {
    @Inject
    DomainAdministration administration;

    @Inject
    CurrentOwner owner;

    private String query = "";
    private transient @Nullable Pages<DomainView> rows;

    @PostConstruct
    void open() {
        rows = new Pages<>(this::page, row -> row.name().ascii());
    }

    private Page<DomainView> page(int page, int size) {
        owner.requireAdministrator();
        return administration.list(query.strip(), page, size);
    }

    public @Nullable Pages<DomainView> getRows() {
        return rows;
    }

    public String getQuery() {
        return query;
    }

    public void setQuery(@Nullable String query) {
        this.query = query == null ? "" : query;
    }
}
