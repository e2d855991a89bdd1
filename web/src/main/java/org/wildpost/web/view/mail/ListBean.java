// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.primefaces.PrimeFaces;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.ejb.webmail.Webmail;
import org.wildpost.web.session.CurrentOwner;
import org.wildpost.web.view.Texts;

/** The message list of one folder. */
@Named("mailList")
@ViewScoped
public class ListBean implements Serializable {
    @Inject
    Webmail webmail;

    @Inject
    CurrentOwner owner;

    @Inject
    FoldersBean folders;

    @Inject
    Texts texts;

    private long folder;
    private String search = "";
    private long mark;
    private long target;
    private @Nullable MessageTable messages;
    private @Nullable List<MessageLine> selection;

    /** Shows the folder that was asked for, else INBOX. */
    public void open() {
        if (messages == null) {
            show(folders.find(folder));
        }
    }

    public void find() {
        search = search.strip();
        show(folders.find(folder));
    }

    /** Asked every few seconds; the page redraws itself when the answer is that something changed. */
    public void poll() {
        long sum = folders.getLines().stream().mapToLong(FolderLine::mark).sum();
        PrimeFaces.current().ajax().addCallbackParam("changed", sum != mark);
        mark = sum;
    }

    public void delete() {
        act("mail.list.deleted", uids -> webmail.delete(owner.account(), folder, uids));
    }

    public void archive() {
        act("mail.list.archived", uids -> webmail.move(owner.account(), folder, uids, SpecialUse.ARCHIVE));
    }

    public void junk() {
        act("mail.list.junked", uids -> webmail.move(owner.account(), folder, uids, SpecialUse.JUNK));
    }

    public void move() {
        long to = target;
        target = 0;
        if (to != 0) {
            act("mail.list.moved", uids -> webmail.move(owner.account(), folder, uids, to));
        }
    }

    public void read(boolean seen) {
        act("", uids -> webmail.mark(owner.account(), folder, uids, SystemFlag.SEEN, seen));
    }

    public void star(boolean on) {
        act("", uids -> webmail.mark(owner.account(), folder, uids, SystemFlag.FLAGGED, on));
    }

    public void toggleStar(MessageLine line) {
        webmail.mark(owner.account(), folder, new long[] {line.uid()}, SystemFlag.FLAGGED, !line.starred());
    }

    private void act(String doneKey, Action action) {
        long[] uids = selected();
        if (uids.length == 0) {
            texts.refused("mail.list.none");
            return;
        }
        action.on(uids);
        selection = null;
        folders.forget();
        if (!doneKey.isEmpty()) {
            texts.done(doneKey, uids.length);
        }
    }

    private long[] selected() {
        return selection == null
                ? new long[0]
                : selection.stream().mapToLong(MessageLine::uid).sorted().toArray();
    }

    private void show(FolderLine line) {
        folder = line.id();
        selection = null;
        mark = folders.getLines().stream().mapToLong(FolderLine::mark).sum();
        messages = new MessageTable(new FolderPages(webmail, owner.get().account(), folder, line.own(), search));
    }

    private interface Action {
        void on(long[] uids);
    }

    public FolderLine getCurrent() {
        return folders.find(folder);
    }

    public @Nullable MessageTable getMessages() {
        return messages;
    }

    public @Nullable List<MessageLine> getSelection() {
        return selection;
    }

    public void setSelection(@Nullable List<MessageLine> selection) {
        this.selection = selection;
    }

    public long getFolder() {
        return folder;
    }

    public void setFolder(long folder) {
        this.folder = folder;
    }

    public String getSearch() {
        return search;
    }

    public void setSearch(@Nullable String search) {
        this.search = search == null ? "" : search;
    }

    public long getTarget() {
        return target;
    }

    public void setTarget(long target) {
        this.target = target;
    }
}
