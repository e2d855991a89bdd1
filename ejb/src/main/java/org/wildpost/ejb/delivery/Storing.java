// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.ForwardPath.Event;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.ejb.mailbox.MessageAppender;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.persistence.account.Accounts;

/**
 * The last step of a delivery: the one transaction with the message's octets, what leaves for other servers, and the rows of mailboxes. Safe for all
 * threads.
 */
@ApplicationScoped
public class Storing {
    private static final Logger LOG = System.getLogger(Storing.class.getName());

    @Inject
    Accounts accounts;

    @Inject
    Departures departures;

    @Inject
    ReturnPaths returnPaths;

    @Inject
    Instance<OutgoingMail> outgoing;

    @Inject
    Instance<SuccessNotices> notices;

    @Inject
    MessageAppender appender;

    @Inject
    ServerSettings settings;

    /** Whether there is a way to other servers. */
    boolean canLeave() {
        return outgoing.isResolvable();
    }

    /**
     * Stores all copies; an accepted message is committed.
     *
     * @param filed whether the sender's copy is filed already, or will be
     */
    SmtpVerdict store(Delivery delivery, Expansion expansion, boolean filed) throws IOException {
        Collection<Expansion.Remote> remotes = expansion.remotes();
        if (!remotes.isEmpty() && !canLeave()) {
            return Replies.NO_OUTBOUND;
        }
        Departures.Plan plan = departures.plan(delivery, remotes);
        List<MessageAppender.Target> targets = new ArrayList<>();
        expansion.copies().forEach(copy -> targets.add(inbox(delivery, copy)));
        int copies = targets.size();
        sent(delivery, filed).ifPresent(targets::add);
        List<MessageAppender.Outcome> outcomes = plan.copies().isEmpty()
                ? appender.append(delivery.message(), delivery.index(), targets)
                : appender.append(delivery.message(), delivery.index(), targets, (connection, blob) -> {
                    if (plan.kept().isPresent()) {
                        returnPaths.keep(connection, plan.kept().get());
                    }
                    outgoing.get().enqueue(connection, blob, delivery, plan.copies());
                });
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

    private MessageAppender.Target inbox(Delivery delivery, Expansion.Copy copy) {
        return new MessageAppender.Target(
                copy.account(),
                MailboxName.INBOX,
                new Trace(settings.hostname()).fields(delivery, copy),
                Flags.NONE,
                delivery.envelope().received());
    }

    /** The copy of a sender who wants one and whose client does not file it. */
    private Optional<MessageAppender.Target> sent(Delivery delivery, boolean filed) {
        if (filed || !delivery.submitted()) {
            return Optional.empty();
        }
        AccountId sender = delivery.envelope().client().login().orElseThrow().account();
        return accounts.filesSentIn(sender)
                .map(name -> new MessageAppender.Target(
                        sender,
                        new MailboxName(name),
                        new byte[0],
                        Flags.of(SystemFlag.SEEN),
                        delivery.envelope().received()));
    }

    private void tell(Delivery delivery, Expansion expansion) {
        List<ForwardPath> delivered = expansion.copies().stream()
                .map(Expansion.Copy::path)
                .filter(path -> path.notice().wants(Event.SUCCESS))
                .toList();
        List<ForwardPath> expanded = expansion.expanded();
        boolean owed = !delivered.isEmpty() || !expanded.isEmpty();
        if (owed && delivery.envelope().reversePath().address().isPresent()) {
            notices.forEach(notice -> notice.tell(delivery, delivered, expanded));
        }
    }
}
