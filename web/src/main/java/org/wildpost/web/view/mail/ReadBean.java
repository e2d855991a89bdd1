// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.ejb.webmail.MessagePart;
import org.wildpost.ejb.webmail.OpenedMessage;
import org.wildpost.ejb.webmail.Webmail;
import org.wildpost.web.html.HtmlSanitizer;
import org.wildpost.web.html.Linkify;
import org.wildpost.web.session.CurrentOwner;
import org.wildpost.web.view.MessageGone;
import org.wildpost.web.view.Texts;

/** One message, read. */
@Named("mailRead")
@ViewScoped
public class ReadBean implements Serializable {
    @Inject
    Webmail webmail;

    @Inject
    CurrentOwner owner;

    @Inject
    FoldersBean folders;

    @Inject
    Texts texts;

    @Inject
    HttpServletRequest request;

    private long folder;
    private long uid;
    private long target;
    private boolean blocked;
    private boolean plain;
    private transient @Nullable OpenedMessage message;
    private transient @Nullable List<Linkify.Piece> pieces;

    /** Opens the message and marks it as read. */
    public void open() throws IOException {
        FacesContext context = FacesContext.getCurrentInstance();
        if (context.isPostback()) {
            return;
        }
        Optional<OpenedMessage> found = webmail.read(owner.account(), folder, uid);
        if (found.isEmpty()) {
            context.getExternalContext().responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
            context.responseComplete();
            return;
        }
        OpenedMessage opened = found.get();
        message = opened;
        plain = opened.parts().html().isEmpty();
        blocked = !plain && !RemoteImagesAsked.isAsked(request, folder, uid) && hasRemoteImages(opened);
        if (!opened.row().flags().has(SystemFlag.SEEN)) {
            webmail.mark(owner.account(), folder, new long[] {uid}, SystemFlag.SEEN, true);
            folders.forget();
        }
    }

    public void showImages() {
        RemoteImagesAsked.ask(request, folder, uid);
        blocked = false;
    }

    public void showText() {
        plain = true;
    }

    public void showHtml() {
        plain = false;
    }

    public String delete() {
        webmail.delete(owner.account(), folder, uids());
        return back("mail.list.deleted");
    }

    public String archive() {
        webmail.move(owner.account(), folder, uids(), SpecialUse.ARCHIVE);
        return back("mail.list.archived");
    }

    public String junk() {
        webmail.move(owner.account(), folder, uids(), SpecialUse.JUNK);
        return back("mail.list.junked");
    }

    public @Nullable String move() {
        if (target == 0) {
            return null;
        }
        webmail.move(owner.account(), folder, uids(), target);
        return back("mail.list.moved");
    }

    public String unread() {
        webmail.mark(owner.account(), folder, uids(), SystemFlag.SEEN, false);
        return "/mail/list?faces-redirect=true&folder=" + folder;
    }

    public void toggleStar() {
        webmail.mark(owner.account(), folder, uids(), SystemFlag.FLAGGED, !isStarred());
        message = null;
    }

    private String back(String key) {
        texts.doneThere(key, 1);
        return "/mail/list?faces-redirect=true&folder=" + folder;
    }

    private long[] uids() {
        return new long[] {uid};
    }

    private boolean hasRemoteImages(OpenedMessage opened) throws IOException {
        MessagePart html = opened.parts().html().orElseThrow();
        return new HtmlSanitizer()
                .sanitize(webmail.text(owner.account(), opened, html), HtmlSanitizer.RemoteImages.BLOCKED, cid -> null)
                .blockedImages();
    }

    /** The message; read again after an action, for it may have changed or gone. */
    public OpenedMessage getMessage() {
        OpenedMessage known = message;
        if (known == null) {
            known = webmail.read(owner.account(), folder, uid).orElseThrow(MessageGone::new);
            message = known;
        }
        return known;
    }

    /** The plain text cut into text and links; empty when there is none. */
    public List<Linkify.Piece> getPieces() throws IOException {
        List<Linkify.Piece> known = pieces;
        if (known == null) {
            Optional<MessagePart> text = getMessage().parts().text();
            known = text.isEmpty()
                    ? List.of()
                    : Linkify.pieces(webmail.text(owner.account(), getMessage(), text.get()));
            pieces = known;
        }
        return known;
    }

    public List<MessagePart> getAttachments() {
        return getMessage().parts().attachments();
    }

    public boolean isStarred() {
        return getMessage().row().flags().has(SystemFlag.FLAGGED);
    }

    /** Whether it has both forms, so that the person may change between them. */
    public boolean isBoth() {
        return getMessage().parts().html().isPresent()
                && getMessage().parts().text().isPresent();
    }

    public boolean isDraft() {
        return folders.of(folder).map(line -> line.is("drafts")).orElse(false);
    }

    /** The letter that stands for the sender. */
    public String getInitial() {
        return getMessage().from().stream()
                .findFirst()
                .map(person -> person.shown().codePoints().findFirst().orElse('?'))
                .map(first -> new String(Character.toChars(first)).toUpperCase(Locale.ROOT))
                .orElse("?");
    }

    public boolean isBlocked() {
        return blocked;
    }

    public boolean isPlain() {
        return plain;
    }

    public long getFolder() {
        return folder;
    }

    public void setFolder(long folder) {
        this.folder = folder;
    }

    public long getUid() {
        return uid;
    }

    public void setUid(long uid) {
        this.uid = uid;
    }

    public long getTarget() {
        return target;
    }

    public void setTarget(long target) {
        this.target = target;
    }
}
