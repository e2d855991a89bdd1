// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.Spool;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.HeaderRewrite;
import org.wildpost.core.mime.Mailbox;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.core.mime.SevenBitForm;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.ejb.settings.SpoolFolder;
import org.wildpost.persistence.sending.SendingPolicy;

/**
 * The rules for what an owner hands in (RFC 6409 §6, §8): under which names, and what is mended. Holds no transaction; safe for all threads.
 */
@ApplicationScoped
public class Submission {
    /** What a client may have left in that is nobody's business (RFC 5322 §3.6.3), or ours to write (RFC 5321 §4.4). */
    private static final Set<String> REMOVED = Set.of("bcc", "resent-bcc", "return-path");

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    @Inject
    OwnAddresses addresses;

    @Inject
    SendingLimits limits;

    @Inject
    Signing signing;

    @Inject
    ServerSettings settings;

    /** A message on its way into a spool. */
    @FunctionalInterface
    private interface Written {
        SpooledMessage into(Spool spool) throws IOException;
    }

    /** What becomes of a message that was handed in. */
    public sealed interface Prepared {
        /**
         * It goes on in this form.
         *
         * @param message the given one when nothing was to be mended; otherwise a new one, which the caller closes
         */
        record Ready(SpooledMessage message, MessageIndex index) implements Prepared {}

        /** It does not go on. */
        record Refused(SmtpVerdict answer) implements Prepared {}
    }

    /** Why this account may not send under this reverse-path, if so. */
    public Optional<SmtpVerdict> sender(SmtpClient.Login login, ReversePath reversePath) {
        Optional<SendingPolicy> policy = limits.policy(login.account());
        if (policy.isEmpty()) {
            return Optional.of(SubmissionReplies.GONE);
        }
        if (policy.get().frozen().isPresent()) {
            return Optional.of(SubmissionReplies.FROZEN);
        }
        if (policy.get().strictFrom()
                && reversePath
                        .address()
                        .filter(address -> !addresses.isOwn(login, address))
                        .isPresent()) {
            return Optional.of(SubmissionReplies.notYourAddress(login.address()));
        }
        return limits.message(login);
    }

    /**
     * Why this account may not write to one recipient more, if so.
     *
     * @param outside whether the recipient is of another server
     * @param before  recipients that the message has already
     */
    public Optional<SmtpVerdict> recipient(
            SmtpClient.Login login, EmailAddress recipient, boolean outside, int before) {
        return limits.recipient(login, recipient, outside, before);
    }

    /** Why this account may not write one message to all these recipients of other servers, if so. */
    public Optional<SmtpVerdict> strangers(SmtpClient.Login login, List<EmailAddress> outside) {
        return limits.strangers(login, outside);
    }

    /** Counts a message, in the transaction that stores it and before mailboxes are locked. */
    public void sent(Connection connection, SmtpClient.Login login, int recipients, List<EmailAddress> outside)
            throws SQLException {
        limits.sent(connection, login, recipients, outside);
    }

    /** Checks the authors, mends the header and encodes what will be signed; for a client that logged in. */
    public Prepared prepare(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index) throws IOException {
        SmtpClient.Login login = envelope.client().login().orElseThrow();
        boolean strict =
                limits.policy(login.account()).map(SendingPolicy::strictFrom).orElse(true);
        Optional<String> foreign = strict ? foreign(login, index) : Optional.empty();
        if (foreign.isPresent()) {
            return new Prepared.Refused(SubmissionReplies.notYourAuthor(foreign.get(), login.address()));
        }
        byte[] missing = missing(envelope, login, index).getBytes(StandardCharsets.UTF_8);
        HeaderRewrite rewrite = new HeaderRewrite(REMOVED, missing);
        Prepared.Ready mended = missing.length == 0 && !rewrite.removesFrom(message)
                ? new Prepared.Ready(message, index)
                : ready(spool -> rewrite.apply(message, spool));
        boolean kept = false;
        try {
            Optional<SevenBitForm> form = toSign(mended);
            kept = form.isEmpty();
            return kept ? mended : ready(spool -> written(form.orElseThrow(), spool));
        } finally {
            if (!kept && !mended.message().equals(message)) {
                mended.message().close();
            }
        }
    }

    /** The other form in which a message is signed, if so; whether it leaves is not known yet, for a redirect may send it on. */
    private Optional<SevenBitForm> toSign(Prepared.Ready mended) throws IOException {
        return BeforeSigning.hasEightBits(mended.message()) && signing.signs(mended.index())
                ? BeforeSigning.form(mended.message(), settings.messageSizeLimit())
                : Optional.empty();
    }

    private static SpooledMessage written(SevenBitForm form, Spool spool) throws IOException {
        try (InputStream in = form.open()) {
            in.transferTo(spool);
        }
        return spool.finish();
    }

    private static Prepared.Ready ready(Written source) throws IOException {
        try (Spool spool = new Spool(SpoolFolder.path(), Spool.DEFAULT_MEMORY_THRESHOLD)) {
            SpooledMessage message = source.into(spool);
            try {
                return new Prepared.Ready(message, MimeIndexer.index(message));
            } catch (IOException | RuntimeException e) {
                message.close();
                throw e;
            }
        }
    }

    /** The first author or sender that is not the account's, as text. */
    private Optional<String> foreign(SmtpClient.Login login, MessageIndex index) {
        List<Mailbox> from = index.envelope().from();
        return Stream.concat(from.stream(), index.envelope().sender().stream())
                .filter(mailbox -> mailbox.host() != null)
                .filter(mailbox -> address(mailbox)
                        .filter(found -> addresses.isOwn(login, found))
                        .isEmpty())
                .map(mailbox -> mailbox.mailbox() + "@" + mailbox.host())
                .findFirst();
    }

    private static Optional<EmailAddress> address(Mailbox mailbox) {
        String local = mailbox.mailbox();
        String host = mailbox.host();
        try {
            return local == null || local.isEmpty() || host == null
                    ? Optional.empty()
                    : Optional.of(new EmailAddress(local, DomainName.parse(host)));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    /** Fields that every message must have and this one lacks (RFC 5322 §3.6, RFC 6409 §8.1 to §8.3). */
    private static String missing(SmtpEnvelope envelope, SmtpClient.Login login, MessageIndex index) {
        StringBuilder fields = new StringBuilder();
        EmailAddress author = envelope.reversePath().address().orElse(login.address());
        if (index.envelope().from().isEmpty()) {
            fields.append("From: <").append(author).append(">\r\n");
        }
        if (index.envelope().date() == null) {
            fields.append("Date: ")
                    .append(DATE.format(envelope.received().atOffset(ZoneOffset.UTC)))
                    .append("\r\n");
        }
        if (index.envelope().messageId() == null) {
            fields.append("Message-ID: <")
                    .append(UUID.randomUUID())
                    .append('@')
                    .append(author.domain().ascii())
                    .append(">\r\n");
        }
        return fields.toString();
    }
}
