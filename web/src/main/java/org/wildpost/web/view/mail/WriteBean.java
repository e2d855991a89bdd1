// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import jakarta.annotation.PreDestroy;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.primefaces.event.FileUploadEvent;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.ejb.webmail.Correspondent;
import org.wildpost.ejb.webmail.Letter;
import org.wildpost.ejb.webmail.NotAnAddress;
import org.wildpost.ejb.webmail.Origin;
import org.wildpost.ejb.webmail.Outbox;
import org.wildpost.ejb.webmail.SendResult;
import org.wildpost.web.session.CurrentOwner;
import org.wildpost.web.session.Peers;
import org.wildpost.web.view.Figures;
import org.wildpost.web.view.Texts;

/** Writing a letter: a new one, an answer, one passed on, or a draft continued. */
@Named("mailWrite")
@ViewScoped
public class WriteBean implements Serializable {
    @Inject
    Outbox outbox;

    @Inject
    LetterStart start;

    @Inject
    CurrentOwner owner;

    @Inject
    HttpServletRequest request;

    @Inject
    ServerSettings settings;

    @Inject
    Figures figures;

    @Inject
    Texts texts;

    private final LetterForm form = new LetterForm();
    private final EnclosureFiles files = new EnclosureFiles();
    private transient @Nullable Origin draft;
    private List<SendResult.Refusal> refusals = List.of();
    private String mode = "new";
    private long folder;
    private long uid;
    private @Nullable String to;

    /** Fills the form with what the letter starts from. */
    public void open() throws IOException {
        if (!FacesContext.getCurrentInstance().isPostback()) {
            if (to != null) {
                form.setTo(to);
            }
            draft = start.fill(form, files, mode, folder, uid);
        }
    }

    public void upload(FileUploadEvent event) throws IOException {
        long room = limit() - files.size();
        if (event.getFile().getSize() > room) {
            texts.refused("mail.write.tooLarge", event.getFile().getFileName(), getLimit());
            return;
        }
        files.add(
                event.getFile().getFileName(),
                event.getFile().getContentType(),
                event.getFile().getInputStream());
    }

    public void remove(EnclosureFiles.Entry entry) throws IOException {
        files.remove(entry);
    }

    public @Nullable String send() throws IOException {
        refusals = List.of();
        Letter letter = letter();
        if (letter == null) {
            return null;
        }
        if (letter.recipients().isEmpty()) {
            texts.refused("mail.write.nobody");
            return null;
        }
        return switch (outbox.send(owner.account(), letter, Peers.of(request), origins())) {
            case SendResult.Sent _ -> leave("mail.write.sent");
            case SendResult.Refused refused -> {
                refusals = refused.refusals();
                yield null;
            }
        };
    }

    public void save() throws IOException {
        Letter letter = letter();
        if (letter == null) {
            return;
        }
        OptionalLong saved = outbox.saveDraft(owner.account(), letter, Optional.ofNullable(draft));
        if (saved.isPresent()) {
            MailboxRef drafts = new MailboxRef(
                    owner.account(), outbox.drafts(owner.account()).id());
            draft = new Origin(drafts, saved.getAsLong(), Origin.Kind.DRAFT);
            texts.done("mail.write.saved");
        } else {
            texts.refused("mail.write.notSaved");
        }
    }

    public String discard() {
        Origin kept = draft;
        if (kept != null) {
            outbox.discard(owner.account(), kept);
        }
        return leave("mail.write.discarded");
    }

    @PreDestroy
    void close() {
        files.close();
    }

    private String leave(String key) {
        files.close();
        texts.doneThere(key);
        return "/mail/list?faces-redirect=true" + (folder == 0 ? "" : "&folder=" + folder);
    }

    private @Nullable Letter letter() {
        try {
            return form.letter(new Correspondent(owner.get().name(), owner.email()), files.enclosures());
        } catch (NotAnAddress e) {
            texts.refused("mail.write.badAddress", e.entry());
            return null;
        }
    }

    private List<Origin> origins() {
        List<Origin> origins = new ArrayList<>();
        start.origin(mode, folder, uid).ifPresent(origins::add);
        Origin kept = draft;
        if (kept != null) {
            origins.add(kept);
        }
        return origins;
    }

    /** Octets of files that fit in a message of the server's limit once they are encoded. */
    private long limit() {
        return settings.messageSizeLimit() / 100 * 70;
    }

    public String getLimit() {
        return figures.size(limit());
    }

    public LetterForm getForm() {
        return form;
    }

    public List<EnclosureFiles.Entry> getFiles() {
        return files.entries();
    }

    public List<SendResult.Refusal> getRefusals() {
        return refusals;
    }

    /** Why somebody cannot be written to, in the person's language where it is known, else in the server's own words. */
    public String words(SendResult.Refusal refusal) {
        return texts.find("mail.refusal." + refusal.status()).orElse(refusal.reason());
    }

    /** Whether the letter answers another, so that only its text is missing. */
    public boolean isAnswer() {
        return mode.equals("reply") || mode.equals("all");
    }

    public String getMode() {
        return mode;
    }

    public void setMode(@Nullable String mode) {
        this.mode = mode == null ? "new" : mode;
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

    public @Nullable String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = to;
    }
}
