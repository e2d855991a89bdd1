// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.ejb.webmail.Webmail;
import org.wildpost.web.session.CurrentOwner;
import org.wildpost.web.view.Texts;

/** The folders beside every page of the mail, read once per request. */
@Named("mailFolders")
@RequestScoped
public class FoldersBean {
    @Inject
    Webmail webmail;

    @Inject
    CurrentOwner owner;

    @Inject
    Texts texts;

    private @Nullable List<FolderLine> lines;

    public List<FolderLine> getLines() {
        List<FolderLine> known = lines;
        if (known == null) {
            known = webmail.folders(owner.account()).stream()
                    .map(FolderLine::of)
                    .toList();
            lines = known;
        }
        return known;
    }

    /** After something was moved, the counts are other ones. */
    void forget() {
        lines = null;
    }

    /** The folder, else INBOX. */
    FolderLine find(long id) {
        return of(id).orElseGet(() -> getLines().getFirst());
    }

    Optional<FolderLine> of(long id) {
        return getLines().stream().filter(line -> line.id() == id).findFirst();
    }

    /** The folder's name for the person. */
    public String name(FolderLine folder) {
        return folder.key().isEmpty() ? folder.name() : texts.get(folder.key());
    }
}
