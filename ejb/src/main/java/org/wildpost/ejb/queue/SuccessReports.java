// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.ejb.outbound.Shipment;

/**
 * Tells senders who asked for it that their message is in a mailbox here, or was handed to all for whom an alias stands (RFC 3461 §5.2.3, §5.2.7.3).
 * Safe for all threads.
 */
@ApplicationScoped
public class SuccessReports {
    private static final Logger LOG = System.getLogger(SuccessReports.class.getName());

    /** RFC 3463 §3.2: the address is valid. */
    private static final String STATUS = "2.1.5";

    @Inject
    Notices notices;

    /**
     * The message that is told of.
     *
     * @param account whose mail it is
     */
    public record Original(
            String deliveryId,
            ReversePath reversePath,
            MailOptions options,
            Instant received,
            Optional<AccountId> account,
            SpooledMessage message,
            MessageIndex index) {}

    /**
     * Tells the sender of a message that is committed; one that cannot be told is only logged.
     *
     * @param delivered forward-paths whose mail is in a mailbox here
     * @param expanded  forward-paths that stand for several addresses, of which nothing more is told
     */
    public void tell(Original original, List<ForwardPath> delivered, List<ForwardPath> expanded) {
        Optional<EmailAddress> sender = original.reversePath().address();
        if (sender.isEmpty() || delivered.isEmpty() && expanded.isEmpty()) {
            return;
        }
        List<Report.Recipient> recipients = new ArrayList<>();
        delivered.forEach(path -> recipients.add(recipient(path, Report.Action.DELIVERED)));
        expanded.forEach(path -> recipients.add(recipient(path, Report.Action.EXPANDED)));
        String messageId = original.index().envelope().messageId();
        Report report = new Report(
                Report.Kind.SUCCESS,
                sender.get(),
                original.deliveryId(),
                original.options().envelopeId(),
                original.received(),
                original.options().deliverBy().map(MailOptions.DeliverBy::deadline),
                messageId == null ? "" : messageId,
                original.index().subject(),
                recipients);
        try {
            notices.prepare(
                            report,
                            Returned.read(new Spooled(original.message()), 0),
                            original.account(),
                            original.options())
                    .ifPresent(notices::store);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, original.deliveryId() + ": the sender could not be told of the success", e);
        }
    }

    private static Report.Recipient recipient(ForwardPath path, Report.Action action) {
        return new Report.Recipient(path, action, STATUS, "", Optional.empty(), Optional.empty(), Optional.empty());
    }

    private record Spooled(SpooledMessage message) implements Shipment.Octets {
        @Override
        public long size() {
            return message.size();
        }

        @Override
        public InputStream open() throws IOException {
            return message.open();
        }
    }
}
