// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import java.util.Collections;
import java.util.List;
import org.wildpost.core.listener.Authentication;
import org.wildpost.core.listener.NamedServer;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;

/** What an SMTP session asks. Faults are exceptions and become 451 or 421; everything expected is a {@link SmtpVerdict}. */
public interface SmtpListener extends Authentication, NamedServer {
    /** May this client send from this reverse-path, a message of this size? */
    SmtpVerdict sender(SenderQuestion question);

    /** Is this recipient served, for this client and sender? */
    SmtpVerdict recipient(RecipientQuestion question);

    /**
     * Takes the message. {@link SmtpVerdict.Accept} means: committed, it survives a power cut.
     *
     * @param message the bytes as received, without trace fields of ours; the caller closes it
     * @param index   its MIME index
     */
    SmtpVerdict deliver(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index);

    /**
     * Takes a message of LMTP: a verdict for each recipient of the envelope, in order (RFC 2033 §4.2).
     *
     * @param message the bytes as received; the caller closes it
     */
    default List<SmtpVerdict> deliverEach(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index) {
        return Collections.nCopies(envelope.recipients().size(), deliver(envelope, message, index));
    }
}
