// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.wildpost.ejb.queue.OutgoingCopy;
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

    InstantSource clock = InstantSource.system();

    /** What is written for a letter, and what is written with it. */
    private record Whole(List<MessageAppender.Target> inboxes, Departures.Plan plan) {}

    /**
     * Stores all copies, unless an owner writes to too many whom they never wrote to; an accepted message is committed. One that is held waits in
     * the queue for all of its recipients, those of this server too.
     *
     * @param filed whether the sender's copy is filed already, or will be
     */
    SmtpVerdict store(Delivery delivery, Expansion expansion, boolean filed) throws IOException {
        Optional<SmtpVerdict> tooMany =
                delivery.submitted() ? submission.strangers(login(delivery), outside(expansion)) : Optional.empty();
        if (tooMany.isPresent()) {
            return tooMany.get();
        }
        Letter letter = delivery.letter(new Trace(name.get()));
        boolean held = delivery.heldAt(clock.instant());
        Whole whole = held ? held(delivery, letter, expansion) : whole(letter, expansion);
        Optional<MessageAppender.Target> sent = sent(delivery, filed);
        boolean stored = write(letter, whole, sent, connection -> count(connection, delivery, expansion));
        if (!stored) {
            return Replies.UNKNOWN;
        }
        if (!held) {
            tell(letter, expansion);
        }
        return new SmtpVerdict.Accept(delivery.id());
    }

    /** Stores all copies of a letter that was held; everything about its sender was done when it came. */
    SmtpVerdict release(Letter letter, Expansion expansion) throws IOException {
        if (!write(letter, whole(letter, expansion), Optional.empty(), _ -> {})) {
            return Replies.UNKNOWN;
        }
        tell(letter, expansion);
        return new SmtpVerdict.Accept(letter.id());
    }

    private Whole whole(Letter letter, Expansion expansion) throws IOException {
        Departures.Plan plan = departures.plan(letter, expansion.remotes());
        List<OutgoingCopy> leaving = new ArrayList<>(plan.copies());
        if (!expansion.waiting().isEmpty()) {
            leaving.add(Departures.held(letter, expansion.waiting()));
        }
        return new Whole(
                expansion.copies().stream().map(copy -> inbox(letter, copy)).toList(),
                new Departures.Plan(leaving, plan.kept()));
    }

    /** Who is elsewhere now is sent to when the moment has come; whoever else was asked for is looked up again then. */
    private Whole held(Delivery delivery, Letter letter, Expansion expansion) throws IOException {
        List<Expansion.Remote> direct = expansion.remotes().stream()
                .filter(remote -> !remote.forwarded())
                .toList();
        Set<EmailAddress> elsewhere =
                direct.stream().map(Expansion.Remote::asked).collect(Collectors.toSet());
        List<ForwardPath> here = delivery.envelope().recipients().stream()
                .filter(path -> !elsewhere.contains(path.address()))
                .toList();
        Departures.Plan plan = departures.plan(letter, direct);
        List<OutgoingCopy> copies = new ArrayList<>(plan.copies());
        if (!here.isEmpty()) {
            copies.add(Departures.held(letter, here));
        }
        return new Whole(List.of(), new Departures.Plan(copies, plan.kept()));
    }

    /** Something that is written before mailboxes are locked. */
    @FunctionalInterface
    private interface First {
        void write(Connection connection) throws SQLException;
    }

    /** Whether anybody gets it. */
    private boolean write(Letter letter, Whole whole, Optional<MessageAppender.Target> sent, First first) {
        int copies = whole.inboxes().size();
        List<MessageAppender.Target> targets = new ArrayList<>(whole.inboxes());
        sent.ifPresent(targets::add);
        List<MessageAppender.Outcome> outcomes =
                appender.append(letter.message(), letter.index(), targets, alongside(letter, whole.plan(), first));
        long stored = outcomes.stream()
                .limit(copies)
                .filter(MessageAppender.Outcome.Appended.class::isInstance)
                .count();
        if (stored < copies) {
            LOG.log(Level.WARNING, () -> letter.id() + ": " + (copies - stored) + " accounts went away");
        }
        return stored > 0 || !whole.plan().copies().isEmpty();
    }

    /** Everything that is written before mailboxes are locked; nothing for the most common delivery, which is one statement then. */
    private MessageAppends.Alongside alongside(Letter letter, Departures.Plan plan, First first) {
        if (plan.copies().isEmpty() && letter.owner().isEmpty()) {
            return MessageAppends.Alongside.NOTHING;
        }
        return (connection, blob) -> {
            first.write(connection);
            if (plan.kept().isPresent()) {
                returnPaths.keep(connection, plan.kept().get());
            }
            if (!plan.copies().isEmpty()) {
                queue.enqueue(connection, blob, letter.id(), letter.message(), letter.index(), plan.copies());
            }
        };
    }

    private void count(Connection connection, Delivery delivery, Expansion expansion) throws SQLException {
        if (delivery.submitted()) {
            submission.sent(
                    connection,
                    login(delivery),
                    delivery.envelope().recipients().size(),
                    outside(expansion));
        }
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

    private static MessageAppender.Target inbox(Letter letter, Expansion.Copy copy) {
        return new MessageAppender.Target(
                copy.account(), MailboxName.INBOX, Trace.fields(letter, copy), Flags.NONE, letter.received());
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

    private void tell(Letter letter, Expansion expansion) {
        List<ForwardPath> delivered = expansion.copies().stream()
                .map(Expansion.Copy::path)
                .filter(path -> path.notice().wants(Event.SUCCESS))
                .toList();
        reports.tell(
                new SuccessReports.Original(
                        letter.id(),
                        letter.reversePath(),
                        letter.options(),
                        letter.received(),
                        letter.owner().map(Letter.Owner::account),
                        letter.message(),
                        letter.index()),
                delivered,
                expansion.expanded());
    }
}
