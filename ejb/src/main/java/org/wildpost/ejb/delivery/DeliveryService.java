// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.fault.FaultLog;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.RecipientQuestion;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.listener.smtp.SenderQuestion;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.srs.Srs;
import org.wildpost.core.srs.SrsReversal;
import org.wildpost.ejb.identity.Resolution;
import org.wildpost.ejb.mailbox.Quotas;
import org.wildpost.ejb.outbound.RelayDomains;
import org.wildpost.ejb.settings.DiskRoom;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.ejb.submission.Submission;
import org.wildpost.ejb.tlsreport.ReceivedReports;
import org.wildpost.persistence.jdbc.FullDisk;

/**
 * Decides about messages that come in, by SMTP and from the web: the three questions of a transaction (RFC 5321 §3.3). Opens no transaction
 * but the one in which a message is stored. Safe for all threads.
 */
@ApplicationScoped
public class DeliveryService {
    private static final Logger LOG = System.getLogger(DeliveryService.class.getName());
    private static final FaultLog FAULTS = new FaultLog(LOG);

    /** Bits of chance in an id, below the milliseconds. */
    private static final int CHANCE_BITS = 20;

    @Inject
    Submission submission;

    @Inject
    Recipients recipients;

    @Inject
    ReturnPaths returnPaths;

    @Inject
    RelayDomains relayDomains;

    @Inject
    Storing storing;

    @Inject
    ServerSettings settings;

    @Inject
    DiskRoom room;

    @Inject
    Quotas quotas;

    @Inject
    ReceivedReports tlsReports;

    private final Answers answers = new Answers(InstantSource.system());

    /** May this client send from this reverse-path, a message of this size? An owner sends under addresses of their own (RFC 6409 §6.1). */
    public SmtpVerdict sender(SenderQuestion question) {
        long limit = settings.messageSizeLimit();
        if (question.declaredSize().orElse(0) > limit) {
            return Replies.tooLarge(limit);
        }
        if (!room.has(question.declaredSize().orElse(0))) {
            return Replies.NO_ROOM;
        }
        Optional<SmtpClient.Login> login = question.client().login();
        if (login.isEmpty()) {
            return question.client().service() == SmtpService.SUBMISSION ? Replies.LOGIN_FIRST : Replies.OK;
        }
        return submission.sender(login.get(), question.reversePath()).orElse(Replies.OK);
    }

    /** Is this recipient served, for this client? */
    public SmtpVerdict recipient(RecipientQuestion question) {
        EmailAddress recipient = question.recipient();
        if (Srs.isReturnPath(recipient) && returnPaths.isOurs(recipient)) {
            Optional<SmtpVerdict> refused = returnPath(recipient, question.reversePath());
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        Optional<SmtpClient.Login> login = question.client().login();
        Expansion expansion = expand(question.client(), List.of(question.path()), addresses -> {
            Map<EmailAddress, Resolution> found = recipients.resolve(addresses);
            answers.keep(question.client().sessionId(), found);
            return found;
        });
        expansion.setAside(new MailboxRoom(quotas, question.declaredSize()).asked());
        Optional<Problem> problem = expansion.problems().getFirst();
        if (problem.isPresent()) {
            return Replies.of(problem.get());
        }
        boolean outside = expansion.remotes().stream().anyMatch(remote -> !remote.forwarded());
        return login.flatMap(owner -> submission.recipient(owner, recipient, outside, question.before()))
                .orElse(Replies.OK);
    }

    /** Takes the message; {@link SmtpVerdict.Accept} carries the delivery's id and means that all copies are committed. */
    public SmtpVerdict deliver(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index) {
        return deliver(envelope, message, index, false);
    }

    /** As {@link #deliver(SmtpEnvelope, SpooledMessage, MessageIndex)}, for a face that files the sender's copy itself. */
    public SmtpVerdict deliverFiled(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index) {
        return deliver(envelope, message, index, true);
    }

    /** As {@link #deliver(SmtpEnvelope, SpooledMessage, MessageIndex)}, with a verdict for each recipient, in order. */
    public List<SmtpVerdict> deliverEach(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index) {
        Delivery delivery = new Delivery(newId(envelope.received()), envelope, message, index);
        try {
            return pipeline(false).runEach(delivery);
        } catch (IOException | RuntimeException e) {
            return Collections.nCopies(envelope.recipients().size(), failed(delivery, e));
        }
    }

    private SmtpVerdict deliver(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index, boolean filed) {
        Delivery delivery = new Delivery(newId(envelope.received()), envelope, message, index);
        try {
            return delivery.submitted()
                    ? submit(delivery, filed)
                    : pipeline(filed).run(delivery);
        } catch (IOException | RuntimeException e) {
            return failed(delivery, e);
        }
    }

    /** What an owner hands in is mended first. */
    private SmtpVerdict submit(Delivery delivery, boolean filed) throws IOException {
        return switch (submission.prepare(delivery.envelope(), delivery.message(), delivery.index())) {
            case Submission.Prepared.Refused(SmtpVerdict answer) -> answer;
            case Submission.Prepared.Ready(SpooledMessage mended, MessageIndex index) -> {
                try {
                    yield pipeline(filed).run(new Delivery(delivery.id(), delivery.envelope(), mended, index));
                } finally {
                    if (!mended.equals(delivery.message())) {
                        mended.close();
                    }
                }
            }
        };
    }

    private Pipeline pipeline(boolean filed) {
        return new Pipeline(
                List.of(
                        new HopLimit(),
                        new SizeLimit(settings.messageSizeLimit()),
                        new EnoughRoom(room),
                        new TlsReportTap(tlsReports)),
                envelope -> expand(
                        envelope.client(),
                        envelope.recipients(),
                        addresses -> answers.take(envelope.client().sessionId(), addresses, recipients::resolve)),
                octets -> new MailboxRoom(quotas, octets).taken(),
                (delivery, expansion) -> storing.store(delivery, expansion, filed));
    }

    /** Whatever it was, the sender still has the message and comes again. */
    private static SmtpVerdict failed(Delivery delivery, Exception fault) {
        FAULTS.write(Level.ERROR, "Delivery " + delivery.id() + " failed", fault);
        return FullDisk.causes(fault) ? Replies.NO_ROOM : Replies.TRY_LATER;
    }

    private Expansion expand(
            SmtpClient client,
            List<ForwardPath> paths,
            Function<Collection<EmailAddress>, Map<EmailAddress, Resolution>> directory) {
        boolean owner = client.login().isPresent();
        Asking asking = new Asking(
                owner || client.service() == SmtpService.LMTP, domain -> owner || relayDomains.relays(domain));
        return new Expansion(directory, asking, settings.expansionLimits()).expand(paths);
    }

    /** A return path is for notifications (RFC 5321 §4.5.5); whoever writes to it otherwise is told so. */
    private Optional<SmtpVerdict> returnPath(EmailAddress recipient, ReversePath from) {
        return switch (returnPaths.reverse(recipient)) {
            case SrsReversal.Sender _, SrsReversal.Kept _ ->
                from.address().isPresent() ? Optional.of(Replies.NOTIFICATIONS_ONLY) : Optional.empty();
            case SrsReversal.Expired _ -> Optional.of(Replies.RETURN_PATH_EXPIRED);
            case SrsReversal.Forged _ -> Optional.of(Replies.NOT_A_RETURN_PATH);
        };
    }

    /** Ascending with time, short enough to read out. */
    private static String newId(Instant received) {
        long chance = ThreadLocalRandom.current().nextLong(1L << CHANCE_BITS);
        return Long.toString(received.toEpochMilli() << CHANCE_BITS | chance, Character.MAX_RADIX);
    }
}
