// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.Flags;
import org.wildpost.ejb.identity.Directory;
import org.wildpost.ejb.mailbox.MessageAppender;

/**
 * The steps of a delivery in their order: filter, expand, trace, store. All that is slow comes before the one short transaction, which is
 * inside of the last step; what that step returns is committed. Safe for all threads.
 */
final class Pipeline {
    private static final Logger LOG = System.getLogger(Pipeline.class.getName());

    private final List<Filter> filters;
    private final Function<EmailAddress, Optional<Directory.Recipient>> directory;
    private final Trace trace;
    private final MessageAppender appender;

    Pipeline(
            List<Filter> filters,
            Function<EmailAddress, Optional<Directory.Recipient>> directory,
            Trace trace,
            MessageAppender appender) {
        this.filters = List.copyOf(filters);
        this.directory = directory;
        this.trace = trace;
        this.appender = appender;
    }

    /** Runs all steps; an accepted message is stored. */
    SmtpVerdict run(Delivery delivery) throws IOException {
        for (Filter filter : filters) {
            if (filter.judge(delivery) instanceof Filter.Verdict.Stop(SmtpVerdict answer)) {
                return answer;
            }
        }
        Expansion expansion = new Expansion(directory);
        for (ForwardPath path : delivery.envelope().recipients()) {
            EmailAddress recipient = path.address();
            if (!expansion.add(recipient)) {
                LOG.log(Level.WARNING, () -> delivery.id() + ": " + recipient + " went away after it was accepted");
            }
        }
        Optional<SmtpVerdict> problem = problem(delivery, expansion);
        return problem.isPresent() ? problem.get() : store(delivery, expansion);
    }

    /** Why the expanded recipients cannot have the message, if so. */
    private static Optional<SmtpVerdict> problem(Delivery delivery, Expansion expansion) throws IOException {
        if (!expansion.unreachable().isEmpty()) {
            return Optional.of(Replies.REDIRECT_FAILS);
        }
        boolean redirects = !expansion.redirecting().isEmpty();
        if (redirects && !Collections.disjoint(DeliveredTo.of(delivery.message()), expansion.redirecting())) {
            return Optional.of(Replies.BEEN_HERE);
        }
        if (expansion.copies().isEmpty()) {
            return Optional.of(redirects ? Replies.CIRCLE : Replies.UNKNOWN);
        }
        return Optional.empty();
    }

    private SmtpVerdict store(Delivery delivery, Expansion expansion) {
        List<MessageAppender.Target> targets = new ArrayList<>();
        for (Expansion.Copy copy : expansion.copies()) {
            targets.add(new MessageAppender.Target(
                    copy.account(),
                    MailboxName.INBOX,
                    trace.fields(delivery, copy),
                    Flags.NONE,
                    delivery.envelope().received()));
        }
        List<MessageAppender.Outcome> outcomes = appender.append(delivery.message(), delivery.index(), targets);
        long stored = outcomes.stream()
                .filter(MessageAppender.Outcome.Appended.class::isInstance)
                .count();
        if (stored < targets.size()) {
            LOG.log(Level.WARNING, () -> delivery.id() + ": " + (targets.size() - stored) + " accounts went away");
        }
        return stored == 0 ? Replies.UNKNOWN : new SmtpVerdict.Accept(delivery.id());
    }
}
