// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.imap.AppendRequest;
import org.wildpost.core.listener.imap.AppendResult;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.RecipientQuestion;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.listener.smtp.SenderQuestion;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.ejb.delivery.DeliveryService;
import org.wildpost.ejb.mailbox.MailboxService;
import org.wildpost.ejb.settings.SpoolFolder;

/** Sends and keeps what owners write: a letter goes the way that submission goes (RFC 6409), with the same questions and the same refusals. */
@ApplicationScoped
public class Outbox {
    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());

    @Inject
    Webmail webmail;

    @Inject
    MailboxService mailboxes;

    @Inject
    DeliveryService delivery;

    private final LetterComposer composer = new LetterComposer(SpoolFolder.path());

    /**
     * Sends a letter and keeps a copy in Sent.
     *
     * @param peer    the browser's end of the connection
     * @param origins the messages that it answers, passes on or was a draft of
     */
    public SendResult send(AccountId account, Letter letter, Peer peer, List<Origin> origins) throws IOException {
        SmtpClient client = client(account, letter.from().address(), peer);
        ReversePath sender = new ReversePath(Optional.of(letter.from().address()));
        String messageId = LetterComposer.newMessageId(letter);
        Instant now = Instant.now();
        try (SpooledMessage message = composer.compose(letter, messageId, now, LetterComposer.Blind.HIDDEN)) {
            List<SendResult.Refusal> refusals = refusals(client, sender, letter, message.size());
            if (!refusals.isEmpty()) {
                return new SendResult.Refused(refusals);
            }
            SmtpEnvelope envelope = new SmtpEnvelope(
                    client,
                    sender,
                    letter.recipients().stream().map(ForwardPath::of).toList(),
                    now,
                    options(letter));
            SendResult.Refusal refusal =
                    refusal(Optional.empty(), delivery.deliverFiled(envelope, message, MimeIndexer.index(message)));
            if (refusal != null) {
                return new SendResult.Refused(List.of(refusal));
            }
        }
        keep(account, letter, messageId, now, origins);
        return new SendResult.Sent();
    }

    /**
     * Keeps a letter in Drafts, in the place of an earlier draft of it.
     *
     * @return the draft's UID in Drafts, empty when there was no room
     */
    public OptionalLong saveDraft(AccountId account, Letter letter, Optional<Origin> earlier) throws IOException {
        OptionalLong saved = append(
                account,
                SpecialUse.DRAFTS,
                letter,
                LetterComposer.newMessageId(letter),
                Instant.now(),
                Flags.of(SystemFlag.SEEN, SystemFlag.DRAFT));
        if (saved.isPresent()) {
            earlier.ifPresent(draft -> discard(account, draft));
        }
        return saved;
    }

    /** Removes a draft for good. */
    public void discard(AccountId account, Origin draft) {
        if (draft.mailbox().account().equals(account)) {
            webmail.remove(account, draft.mailbox().mailbox().value(), new long[] {draft.uid()});
        }
    }

    /** The folder that drafts are in. */
    public MailboxStatus drafts(AccountId account) {
        return webmail.special(account, SpecialUse.DRAFTS);
    }

    /** What follows an accepted letter; it is gone, so nothing here may make it look unsent. */
    private void keep(AccountId account, Letter letter, String messageId, Instant date, List<Origin> origins) {
        try {
            append(account, SpecialUse.SENT, letter, messageId, date, Flags.of(SystemFlag.SEEN));
            for (Origin origin : origins) {
                if (origin.kind() == Origin.Kind.DRAFT) {
                    discard(account, origin);
                } else if (origin.mailbox().account().equals(account)) {
                    webmail.note(origin);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A sent letter could not be filed", e);
        }
    }

    private OptionalLong append(
            AccountId account, SpecialUse use, Letter letter, String messageId, Instant date, Flags flags)
            throws IOException {
        MailboxStatus folder = webmail.special(account, use);
        try (SpooledMessage copy = composer.compose(letter, messageId, date, LetterComposer.Blind.SHOWN)) {
            MessageIndex index = MimeIndexer.index(copy);
            AppendRequest request = new AppendRequest(copy, index, flags, Optional.of(date));
            return mailboxes.append(account, folder.name(), request) instanceof AppendResult.Appended appended
                    ? OptionalLong.of(appended.uid())
                    : OptionalLong.empty();
        }
    }

    private List<SendResult.Refusal> refusals(SmtpClient client, ReversePath sender, Letter letter, long size) {
        SmtpVerdict asked = delivery.sender(new SenderQuestion(client, sender, OptionalLong.of(size), options(letter)));
        SendResult.Refusal whole = refusal(Optional.empty(), asked);
        if (whole != null) {
            return List.of(whole);
        }
        List<SendResult.Refusal> refusals = new ArrayList<>();
        int before = 0;
        for (EmailAddress recipient : letter.recipients()) {
            SendResult.Refusal refused = refusal(
                    Optional.of(recipient),
                    delivery.recipient(new RecipientQuestion(
                            client, sender, options(letter), ForwardPath.of(recipient), before, size)));
            if (refused != null) {
                refusals.add(refused);
            }
            before++;
        }
        return refusals;
    }

    private static MailOptions options(Letter letter) {
        return MailOptions.NONE.withSmtpUtf8(letter.international());
    }

    private static SendResult.@Nullable Refusal refusal(Optional<EmailAddress> recipient, SmtpVerdict verdict) {
        return switch (verdict) {
            case SmtpVerdict.Accept _ -> null;
            case SmtpVerdict.Refuse refuse -> new SendResult.Refusal(recipient, refuse.enhanced(), refuse.text());
            case SmtpVerdict.Defer defer -> new SendResult.Refusal(recipient, defer.enhanced(), defer.text());
        };
    }

    private static SmtpClient client(AccountId account, EmailAddress address, Peer peer) {
        return new SmtpClient(
                UUID.randomUUID().toString(),
                SmtpService.SUBMISSION,
                peer,
                "webmail",
                true,
                Optional.of(new SmtpClient.Login(account, address)));
    }
}
