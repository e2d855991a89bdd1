// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.core.mime.SevenBitForm;
import org.wildpost.ejb.mailbox.MessageAppender;
import org.wildpost.ejb.mailbox.MessageAppender.Target;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.ejb.submission.BeforeSigning;
import org.wildpost.ejb.submission.Signing;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.queue.QueueNotices;
import org.wildpost.persistence.setting.Settings;

/**
 * Makes notifications and brings them on their way (RFC 3461 §6, RFC 3464): into the INBOX of a sender who is here, by the queue to one who is
 * not, signed by the server's own domain; always with the null reverse-path, never about a message that has it itself. Safe for all threads.
 */
@ApplicationScoped
public class Notices {
    private static final Logger LOG = System.getLogger(Notices.class.getName());
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    @Inject
    NoticeRecipients recipients;

    @Inject
    MessageAppender appender;

    @Inject
    MailQueue queue;

    @Inject
    Signing signing;

    @Inject
    ServerName server;

    @Inject
    QueueSettings settings;

    @Inject
    Settings stored;

    @Inject
    Database database;

    InstantSource clock = InstantSource.system();

    /** A notification that is ready to be stored: everything slow is done. */
    record Ready(
            String id, SpooledMessage message, MessageIndex index, List<Target> here, List<OutgoingCopy> elsewhere) {}

    /** Makes one; empty when its address leads nowhere. */
    Optional<Ready> prepare(Report report, Consignment original) {
        return prepare(
                report,
                returned(original, report.kind()),
                original.message().account(),
                original.message().options());
    }

    /**
     * Makes one; empty when its address leads nowhere.
     *
     * @param returned what goes back of the original
     * @param account  whose mail that is
     * @param options  with which the original came
     */
    Optional<Ready> prepare(Report report, Returned returned, Optional<AccountId> account, MailOptions options) {
        String id = UUID.randomUUID().toString().replace("-", "");
        NoticeRecipients.Found found = recipients.find(report.to());
        Set<AccountId> here = found.here();
        List<EmailAddress> elsewhere = found.elsewhere();
        if (here.isEmpty() && elsewhere.isEmpty()) {
            LOG.log(Level.WARNING, () -> report.deliveryId() + ": nobody takes the notification for " + report.to());
            return Optional.empty();
        }
        Instant now = clock.instant();
        ReportTexts texts = new ReportTexts(stored::find, server.get());
        String language = ReportTexts.language(account.flatMap(this::languageOf));
        SpooledMessage message = SpooledMessage.of(ReportMessage.write(
                report,
                returned,
                server.get(),
                id,
                now,
                texts.subject(report, language),
                texts.text(report, language)));
        byte[] trace = trace(report.to(), id, now);
        List<Target> targets = here.stream()
                .map(owner -> new Target(owner, MailboxName.INBOX, trace, Flags.NONE, now))
                .toList();
        if (elsewhere.isEmpty()) {
            return Optional.of(new Ready(id, message, index(message), targets, List.of()));
        }
        SpooledMessage leaving = inSevenBits(message);
        MessageIndex index = index(leaving);
        byte[] signature = signature(id, leaving, index);
        return Optional.of(
                new Ready(id, leaving, index, targets, List.of(copy(elsewhere, options.ofNotification(), signature))));
    }

    /** What leaves, in the form in which it may be signed: nobody can encode it any more then. */
    private static SpooledMessage inSevenBits(SpooledMessage message) {
        try {
            Optional<SevenBitForm> form = BeforeSigning.hasEightBits(message)
                    ? BeforeSigning.form(message, Long.MAX_VALUE)
                    : Optional.empty();
            if (form.isEmpty()) {
                return message;
            }
            try (InputStream in = form.get().open()) {
                return SpooledMessage.of(in.readAllBytes());
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be read", e);
        }
    }

    /** One that cannot be signed leaves all the same. */
    private byte[] signature(String id, SpooledMessage message, MessageIndex index) {
        try {
            return signing.fieldsOfServer(message, index);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "The notification " + id + " leaves without a signature", e);
            return new byte[0];
        }
    }

    /** Stores it, in the transaction of the caller if there is one. */
    void store(Ready ready) {
        List<MessageAppender.Outcome> outcomes = appender.append(
                ready.message(),
                ready.index(),
                ready.here(),
                queue.departing(ready.id(), ready.message(), ready.index(), ready.elsewhere()));
        if (outcomes.stream().anyMatch(MessageAppender.Outcome.NoSuchMailbox.class::isInstance)) {
            LOG.log(Level.WARNING, () -> "The INBOX for the notification " + ready.id() + " went away");
        }
    }

    private static OutgoingCopy copy(List<EmailAddress> addresses, MailOptions options, byte[] signature) {
        return new OutgoingCopy(
                Optional.empty(),
                Optional.empty(),
                ReversePath.NULL,
                options,
                signature,
                addresses.stream()
                        .map(address -> new ForwardPath(address, ForwardPath.Notify.NEVER, Optional.empty()))
                        .toList());
    }

    private Returned returned(Consignment original, Report.Kind kind) {
        MailOptions options = original.message().options();
        boolean asked = options.returned().equals(Optional.of(MailOptions.Returned.FULL));
        // RFC 8689 §5: what needs TLS never goes back as a whole.
        boolean whole = asked
                && !options.requireTls()
                && kind == Report.Kind.FAILURE
                && options.body() != MailOptions.Body.BINARY;
        try {
            return Returned.read(new Blobs(database, original), whole ? settings.returnLimit() : 0);
        } catch (IOException e) {
            LOG.log(Level.WARNING, original.message().deliveryId() + ": what should go back cannot be read", e);
            return Returned.nothing();
        }
    }

    private Optional<String> languageOf(AccountId account) {
        return database.statement(connection -> new QueueNotices(connection).language(account));
    }

    private byte[] trace(EmailAddress to, String id, Instant now) {
        String fields = "Return-Path: <>\r\nDelivered-To: " + to + "\r\nReceived: by " + server.get() + " id " + id
                + "\r\n\tfor <" + to + ">; " + DATE.format(now) + "\r\n";
        return fields.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageIndex index(SpooledMessage message) {
        try {
            return MimeIndexer.index(message);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be read", e);
        }
    }
}
