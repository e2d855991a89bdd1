// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.admin.aliases;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.ejb.admin.AliasAdministration;
import org.wildpost.ejb.admin.AliasView;
import org.wildpost.ejb.admin.Page;
import org.wildpost.web.session.CurrentOwner;
import org.wildpost.web.view.admin.Pages;

/** All aliases, found by their address or by where they lead. */
@Named("adminAliasesList")
@ViewScoped
public class ListBean implements Serializable {
    /** Targets that a row shows. */
    private static final int SHOWN = 3;

    @Inject
    AliasAdministration administration;

    @Inject
    CurrentOwner owner;

    private String query = "";
    private transient @Nullable Pages<AliasView> rows;

    @PostConstruct
    void open() {
        rows = new Pages<>(this::page, row -> row.email().toString());
    }

    private Page<AliasView> page(int page, int size) {
        owner.requireAdministrator();
        return administration.list(query.strip(), page, size);
    }

    /** The first targets of an alias. */
    public String targets(AliasView alias) {
        return String.join(
                ", ",
                alias.targets().stream()
                        .limit(SHOWN)
                        .map(EmailAddress::toString)
                        .toList());
    }

    /** How many targets of an alias are not shown. */
    public int more(AliasView alias) {
        return Math.max(0, alias.targets().size() - SHOWN);
    }

    public @Nullable Pages<AliasView> getRows() {
        return rows;
    }

    public String getQuery() {
        return query;
    }

    public void setQuery(@Nullable String query) {
        this.query = query == null ? "" : query;
    }
}
