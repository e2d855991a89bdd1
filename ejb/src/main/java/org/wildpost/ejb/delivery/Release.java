// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.Spool;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.ejb.mailbox.Quotas;
import org.wildpost.ejb.outbound.Attempt;
import org.wildpost.ejb.queue.LocalCourier;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.ejb.settings.SpoolFolder;

/**
 * Delivers what an owner of this server let us hold, as if it had come now: recipients are looked up again, and what is passed on to other servers is
 * signed with today's key. Not asked again is what was decided when the message came: who may send it, and whether it is too much. Safe for all threads.
 */
@ApplicationScoped
public class Release implements LocalCourier {
    private static final String DELIVERED = "2.1.5";

    @Inject
    Recipients recipients;

    @Inject
    Storing storing;

    @Inject
    ServerSettings settings;

    @Inject
    Quotas quotas;

    @Override
    public List<Attempt.Outcome> deliver(Held held, List<ForwardPath> paths) throws IOException {
        Expansion expansion = new Expansion(
                        recipients::resolve, new Asking(true, _ -> true), settings.expansionLimits())
                .expand(paths);
        try (SpooledMessage message = message(held)) {
            if (!expansion.forwarders().isEmpty()) {
                expansion.breakLoops(DeliveredTo.of(message));
            }
            expansion.setAside(new MailboxRoom(quotas, message.size()).taken());
            List<Optional<Problem>> problems = expansion.problems();
            boolean somebody = problems.stream().anyMatch(Optional::isEmpty);
            SmtpVerdict stored = somebody ? storing.release(letter(held, message), expansion) : Replies.OK;
            return problems.stream()
                    .map(problem -> outcome(problem.map(Replies::of).orElse(stored)))
                    .toList();
        }
    }

    private static Letter letter(Held held, SpooledMessage message) throws IOException {
        return new Letter(
                held.deliveryId(),
                held.account().flatMap(account -> held.senderDomain().map(domain -> new Letter.Owner(account, domain))),
                held.reversePath(),
                held.options().released(),
                held.received(),
                message,
                MimeIndexer.index(message),
                _ -> held.trace());
    }

    private static SpooledMessage message(Held held) throws IOException {
        try (InputStream in = held.octets().open();
                Spool spool = new Spool(SpoolFolder.path(), Spool.DEFAULT_MEMORY_THRESHOLD)) {
            in.skipNBytes(held.trace().length);
            in.transferTo(spool);
            return spool.finish();
        }
    }

    /** The success is told of by who stores it, for only there is known how many an address stands for: the queue owes nothing more. */
    private static Attempt.Outcome outcome(SmtpVerdict verdict) {
        return switch (verdict) {
            case SmtpVerdict.Accept _ -> new Attempt.Delivered(DELIVERED, "delivered on this server", true, true);
            case SmtpVerdict.Refuse refused -> new Attempt.Failed(refused.enhanced(), refused.text());
            case SmtpVerdict.Defer deferred ->
                new Attempt.Deferred(deferred.enhanced(), deferred.text(), Attempt.Scope.MESSAGE);
        };
    }
}
