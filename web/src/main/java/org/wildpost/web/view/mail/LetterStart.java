// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.ejb.webmail.Correspondent;
import org.wildpost.ejb.webmail.MessagePart;
import org.wildpost.ejb.webmail.OpenedMessage;
import org.wildpost.ejb.webmail.Origin;
import org.wildpost.ejb.webmail.ReplyDraft;
import org.wildpost.ejb.webmail.Webmail;
import org.wildpost.web.html.HtmlText;
import org.wildpost.web.session.CurrentOwner;
import org.wildpost.web.view.Figures;
import org.wildpost.web.view.Texts;

/** Fills the writing page from the message that a letter starts from. */
@RequestScoped
public class LetterStart {
    @Inject
    Webmail webmail;

    @Inject
    CurrentOwner owner;

    @Inject
    Texts texts;

    @Inject
    Figures figures;

    /**
     * @param mode {@code new}, {@code reply}, {@code all}, {@code forward} or {@code draft}
     * @return the draft that the letter continues, if it does
     */
    @Nullable
    Origin fill(LetterForm form, EnclosureFiles files, String mode, long folder, long uid) throws IOException {
        OpenedMessage message = webmail.read(owner.account(), folder, uid).orElse(null);
        if (message == null) {
            return null;
        }
        switch (mode) {
            case "reply", "all" -> reply(form, message, mode.equals("all"));
            case "forward" -> forward(form, files, message);
            case "draft" -> {
                resume(form, files, message);
                return new Origin(ref(folder), uid, Origin.Kind.DRAFT);
            }
            default -> {
                // A new letter starts from nothing, whatever the address names.
            }
        }
        return null;
    }

    /** The message that an answer or a passed on letter came from. */
    Optional<Origin> origin(String mode, long folder, long uid) {
        return switch (mode) {
            case "reply", "all" -> Optional.of(new Origin(ref(folder), uid, Origin.Kind.REPLY));
            case "forward" -> Optional.of(new Origin(ref(folder), uid, Origin.Kind.FORWARD));
            default -> Optional.empty();
        };
    }

    private void reply(LetterForm form, OpenedMessage message, boolean all) throws IOException {
        List<Correspondent> to = ReplyDraft.to(message, owner.email());
        form.setTo(Correspondent.format(to));
        if (all) {
            form.setCc(Correspondent.format(ReplyDraft.cc(message, owner.email(), to)));
        }
        form.setSubject(ReplyDraft.replySubject(message.subject()));
        form.setReferences(ReplyDraft.references(message, webmail.references(owner.account(), message)));
        String intro = texts.get("mail.write.intro", date(message), Correspondent.format(message.from()));
        form.setText("\n\n" + intro + "\n" + ReplyDraft.quote(text(message)));
    }

    private void forward(LetterForm form, EnclosureFiles files, OpenedMessage message) throws IOException {
        form.setSubject(ReplyDraft.forwardSubject(message.subject()));
        String intro = texts.get(
                "mail.write.forwarded",
                Correspondent.format(message.from()),
                date(message),
                message.subject(),
                Correspondent.format(message.to()));
        form.setText("\n\n" + intro + "\n\n" + text(message));
        enclose(files, message);
    }

    private void resume(LetterForm form, EnclosureFiles files, OpenedMessage message) throws IOException {
        form.setTo(Correspondent.format(message.to()));
        form.setCc(Correspondent.format(message.cc()));
        form.setBcc(Correspondent.format(message.bcc()));
        form.setSubject(message.subject());
        form.setText(text(message));
        String references = webmail.references(owner.account(), message);
        form.setReferences(references.isEmpty() ? List.of() : List.of(references.split("\\s+")));
        enclose(files, message);
    }

    private void enclose(EnclosureFiles files, OpenedMessage message) throws IOException {
        for (MessagePart part : message.parts().attachments()) {
            files.add(part.fileName(), part.mediaType(), webmail.body(owner.account(), message, part));
        }
    }

    /** The text, else what is left of the HTML without its tags. */
    private String text(OpenedMessage message) throws IOException {
        Optional<MessagePart> text = message.parts().text();
        if (text.isPresent()) {
            return webmail.text(owner.account(), message, text.get());
        }
        Optional<MessagePart> html = message.parts().html();
        return html.isEmpty() ? "" : HtmlText.of(webmail.text(owner.account(), message, html.get()));
    }

    private String date(OpenedMessage message) {
        return figures.full(message.row().internalDate());
    }

    private MailboxRef ref(long folder) {
        return new MailboxRef(owner.account(), new MailboxId(folder));
    }
}
