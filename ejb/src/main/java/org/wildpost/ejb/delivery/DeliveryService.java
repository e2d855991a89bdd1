// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.RecipientQuestion;
import org.wildpost.core.listener.smtp.SenderQuestion;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.ejb.identity.Directory;
import org.wildpost.ejb.mailbox.MessageAppender;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.persistence.account.Accounts;
import org.wildpost.persistence.account.Destination;

/**
 * Decides about messages that come in, by SMTP and from the web: the three questions of a transaction (RFC 5321 §3.3). Opens no transaction
 * but the one in which a message is stored. Safe for all threads.
 */
@ApplicationScoped
public class DeliveryService {
    private static final Logger LOG = System.getLogger(DeliveryService.class.getName());

    /** Bits of chance in an id, below the milliseconds. */
    private static final int CHANCE_BITS = 20;

    @Inject
    Directory directory;

    @Inject
    Accounts accounts;

    @Inject
    Postmasters postmasters;

    @Inject
    ServerSettings settings;

    @Inject
    ServerName name;

    @Inject
    MessageAppender appender;

    /** May this client send from this reverse-path, a message of this size? An owner sends under an address of their own (RFC 6409 §6.1). */
    public SmtpVerdict sender(SenderQuestion question) {
        long limit = settings.messageSizeLimit();
        if (question.declaredSize().orElse(0) > limit) {
            return Replies.tooLarge(limit);
        }
        Optional<SmtpClient.Login> login = question.client().login();
        if (login.isEmpty()) {
            return question.client().service() == SmtpService.SUBMISSION ? Replies.LOGIN_FIRST : Replies.OK;
        }
        boolean own = question.reversePath()
                .address()
                .map(address -> isOwn(address, login.get()))
                .orElse(true);
        return own ? Replies.OK : Replies.notYourAddress(login.get().address());
    }

    /** Is this recipient served, for this client? */
    public SmtpVerdict recipient(RecipientQuestion question) {
        EmailAddress recipient = question.recipient();
        Expansion expansion = new Expansion(this::find);
        if (!expansion.add(recipient)) {
            return refusal(recipient, question.client());
        }
        if (!expansion.unreachable().isEmpty()) {
            return Replies.REDIRECT_FAILS;
        }
        return expansion.copies().isEmpty() ? Replies.CIRCLE : Replies.OK;
    }

    /** Takes the message; {@link SmtpVerdict.Accept} carries the delivery's id and means that all copies are committed. */
    public SmtpVerdict deliver(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index) {
        Delivery delivery = new Delivery(newId(envelope.received()), envelope, message, index);
        Pipeline pipeline = new Pipeline(
                List.of(new HopLimit(), new SizeLimit(settings.messageSizeLimit())),
                this::find,
                new Trace(name.get()),
                appender);
        try {
            return pipeline.run(delivery);
        } catch (IOException | RuntimeException e) {
            // whatever it was, the sender still has the message and comes again
            LOG.log(Level.ERROR, "Delivery " + delivery.id() + " failed", e);
            return Replies.TRY_LATER;
        }
    }

    /**
     * Takes a message of LMTP, with a verdict for each recipient (RFC 2033 §4.2). One that cannot have it does not keep it from the others: a refusal of all
     * together stored nothing, so each is tried alone.
     */
    public List<SmtpVerdict> deliverEach(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index) {
        SmtpVerdict together = deliver(envelope, message, index);
        boolean last = together instanceof SmtpVerdict.Accept
                || together.equals(Replies.TRY_LATER)
                || envelope.recipients().size() == 1;
        return last
                ? Collections.nCopies(envelope.recipients().size(), together)
                : envelope.recipients().stream()
                        .map(path -> deliver(
                                new SmtpEnvelope(
                                        envelope.client(),
                                        envelope.reversePath(),
                                        List.of(path),
                                        envelope.received(),
                                        envelope.options()),
                                message,
                                index))
                        .toList();
    }

    private boolean isOwn(EmailAddress address, SmtpClient.Login login) {
        return address.canonical().equals(login.address().canonical())
                || directory
                        .recipient(address)
                        .map(found -> found.account().equals(login.account()))
                        .orElse(false);
    }

    private Optional<Directory.Recipient> find(EmailAddress address) {
        return directory
                .recipient(address)
                .or(() -> isPostmasterHere(address) ? postmasters.administrator() : Optional.empty());
    }

    /** The host's own name needs no domain for its postmaster. */
    private boolean isPostmasterHere(EmailAddress address) {
        return Postmasters.isNamedBy(address)
                && (address.domain().ascii().equals(name.get()) || directory.isLocal(address.domain()));
    }

    private SmtpVerdict refusal(EmailAddress recipient, SmtpClient client) {
        if (!directory.isLocal(recipient.domain())) {
            return client.login().isPresent() ? Replies.NO_OUTBOUND : Replies.NO_RELAY;
        }
        List<Destination> disabled = accounts.destinations(List.of(recipient.canonical()));
        return disabled.isEmpty() ? Replies.UNKNOWN : Replies.DISABLED;
    }

    /** Ascending with time, short enough to read out. */
    private static String newId(Instant received) {
        long chance = ThreadLocalRandom.current().nextLong(1L << CHANCE_BITS);
        return Long.toString(received.toEpochMilli() << CHANCE_BITS | chance, Character.MAX_RADIX);
    }
}
