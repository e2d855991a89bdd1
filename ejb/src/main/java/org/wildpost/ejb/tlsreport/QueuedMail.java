// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.ejb.mailbox.MessageAppender;
import org.wildpost.ejb.queue.MailQueue;
import org.wildpost.ejb.queue.OutgoingCopy;
import org.wildpost.ejb.submission.Signing;

/** {@link SystemMail} by the queue, signed by the keys of the sender's domain (RFC 8460 §3); nobody is told when it fails. */
@ApplicationScoped
public class QueuedMail implements SystemMail {
    private static final Logger LOG = System.getLogger(QueuedMail.class.getName());

    @Inject
    MailQueue queue;

    @Inject
    MessageAppender appender;

    @Inject
    Signing signing;

    @Override
    public Optional<String> post(EmailAddress from, EmailAddress to, byte[] octets) {
        try (SpooledMessage message = SpooledMessage.of(octets)) {
            MessageIndex index = MimeIndexer.index(message);
            OutgoingCopy copy = new OutgoingCopy(
                    Optional.empty(),
                    Optional.of(from.domain()),
                    new ReversePath(Optional.of(from)),
                    MailOptions.NONE,
                    signing.fields(message, index),
                    List.of(new ForwardPath(to, ForwardPath.Notify.NEVER, Optional.empty())));
            String id = UUID.randomUUID().toString().replace("-", "");
            appender.append(message, index, List.of(), queue.departing(id, message, index, List.of(copy)));
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "A message to " + to + " could not be queued", e);
            return Optional.of("it could not be queued");
        }
    }
}
