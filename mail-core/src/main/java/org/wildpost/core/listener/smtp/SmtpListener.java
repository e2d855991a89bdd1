// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

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
}
