// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wildpost.ejb.mailbox.Vault;
import org.wildpost.web.session.CurrentOwner;
import org.wildpost.web.view.Texts;

/** What the owner deleted for good and can still restore. */
@Named("mailDeleted")
@ViewScoped
public class DeletedBean implements Serializable {
    @Inject
    Vault vault;

    @Inject
    CurrentOwner owner;

    @Inject
    FoldersBean folders;

    @Inject
    Texts texts;

    private @Nullable KeptTable messages;
    private @Nullable List<KeptLine> selection;

    /** Puts the selected messages back where they were, or into the inbox where that folder is gone. */
    public void restore() {
        List<KeptLine> chosen = selection;
        if (chosen == null || chosen.isEmpty()) {
            texts.refused("mail.list.none");
            return;
        }
        long[] ids = chosen.stream().mapToLong(KeptLine::id).toArray();
        selection = null;
        switch (vault.restore(owner.account(), ids)) {
            case Vault.Restored.Done(int restored) -> texts.done("mail.deleted.restored", restored);
            case Vault.Restored.OverQuota() -> texts.refused("mail.deleted.noRoom");
        }
        folders.forget();
    }

    /** The list. */
    public KeptTable getMessages() {
        KeptTable table = messages;
        if (table == null) {
            table = new KeptTable(vault, owner.account());
            messages = table;
        }
        return table;
    }

    public @Nullable List<KeptLine> getSelection() {
        return selection;
    }

    public void setSelection(@Nullable List<KeptLine> selection) {
        this.selection = selection;
    }
}
