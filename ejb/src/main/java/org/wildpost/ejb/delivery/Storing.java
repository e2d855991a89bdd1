// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.ForwardPath.Event;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.ejb.mailbox.MessageAppender;
import org.wildpost.ejb.queue.MailQueue;
import org.wildpost.ejb.queue.SuccessReports;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.ejb.submission.Submission;
import org.wildpost.persistence.message.MessageAppends;

/**
 * The last step of a delivery: the one transaction with the message's octets, what leaves for other servers, and the rows of mailboxes. Safe for all
 * threads.
 */
@ApplicationScoped
public class Storing {
    private static final Logger LOG = System.getLogger(Storing.class.getName());

    @Inject
    SentCopies sentCopies;

    @Inject
    Departures departures;

    @Inject
    ReturnPaths returnPaths;

    @Inject
    MailQueue queue;

    @Inject
    Submission submission;

    @Inject
    SuccessReports reports;

    @Inject
    MessageAppender appender;

    @Inject
    ServerName name;

    /**
     * Stores all copies, unless an owner writes to too many whom they never wrote to; an accepted message is committed.
     *
     * @param filed whether the sender's copy is filed already, or will be
     */
    SmtpVerdict store(Delivery delivery, Expansion expansion, boolean filed) throws IOException {
        Optional<SmtpVerdict> tooMany =
                delivery.submitted() ? submission.strangers(login(delivery), outside(expansion)) : Optional.empty();
        if (tooMany.isPresent()) {
            return tooMany.get();
        }
        Departures.Plan plan = departures.plan(delivery, expansion.remotes());
        List<MessageAppender.Target> targets = new ArrayList<>();
        expansion.copies().forEach(copy -> targets.add(inbox(delivery, copy)));
        int copies = targets.size();
        sent(delivery, filed).ifPresent(targets::add);
        List<MessageAppender.Outcome> outcomes =
                appender.append(delivery.message(), delivery.index(), targets, alongside(delivery, expansion, plan));
        long stored = outcomes.stream()
                .limit(copies)
                .filter(MessageAppender.Outcome.Appended.class::isInstance)
                .count();
        if (stored < copies) {
            LOG.log(Level.WARNING, () -> delivery.id() + ": " + (copies - stored) + " accounts went away");
        }
        if (stored == 0 && plan.copies().isEmpty()) {
            return Replies.UNKNOWN;
        }
        tell(delivery, expansion);
        return new SmtpVerdict.Accept(delivery.id());
    }

    /** Everything that is written before mailboxes are locked; nothing for the most common delivery, which is one statement then. */
    private MessageAppends.Alongside alongside(Delivery delivery, Expansion expansion, Departures.Plan plan) {
        if (plan.copies().isEmpty() && !delivery.submitted()) {
            return MessageAppends.Alongside.NOTHING;
        }
        return (connection, blob) -> {
            if (delivery.submitted()) {
                count(connection, delivery, expansion);
            }
            if (plan.kept().isPresent()) {
                returnPaths.keep(connection, plan.kept().get());
            }
            if (!plan.copies().isEmpty()) {
                queue.enqueue(connection, blob, delivery.id(), delivery.message(), delivery.index(), plan.copies());
            }
        };
    }

    private void count(Connection connection, Delivery delivery, Expansion expansion) throws SQLException {
        submission.sent(
                connection, login(delivery), delivery.envelope().recipients().size(), outside(expansion));
    }

    private static SmtpClient.Login login(Delivery delivery) {
        return delivery.envelope().client().login().orElseThrow();
    }

    /** Recipients of other servers to whom the sender writes, not an alias or redirect. */
    private static List<EmailAddress> outside(Expansion expansion) {
        return expansion.remotes().stream()
                .filter(remote -> !remote.forwarded())
                .map(remote -> remote.path().address())
                .toList();
    }

    private MessageAppender.Target inbox(Delivery delivery, Expansion.Copy copy) {
        return new MessageAppender.Target(
                copy.account(),
                MailboxName.INBOX,
                new Trace(name.get()).fields(delivery, copy),
                Flags.NONE,
                delivery.envelope().received());
    }

    /** The copy of a sender who wants one and whose client does not file it. */
    private Optional<MessageAppender.Target> sent(Delivery delivery, boolean filed) {
        if (filed || !delivery.submitted()) {
            return Optional.empty();
        }
        AccountId sender = login(delivery).account();
        return sentCopies
                .mailbox(sender)
                .map(mailbox -> new MessageAppender.Target(
                        sender,
                        mailbox,
                        new byte[0],
                        Flags.of(SystemFlag.SEEN),
                        delivery.envelope().received()));
    }

    private void tell(Delivery delivery, Expansion expansion) {
        List<ForwardPath> delivered = expansion.copies().stream()
                .map(Expansion.Copy::path)
                .filter(path -> path.notice().wants(Event.SUCCESS))
                .toList();
        reports.tell(
                delivery.id(),
                delivery.envelope(),
                delivery.message(),
                delivery.index(),
                delivered,
                expansion.expanded());
    }
}
