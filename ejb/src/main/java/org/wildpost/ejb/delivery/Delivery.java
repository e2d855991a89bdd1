// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.time.Instant;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;

/**
 * One message on its way in.
 *
 * @param id what the client is told and what logs and Received carry
 */
public record Delivery(String id, SmtpEnvelope envelope, SpooledMessage message, MessageIndex index) {
    /** Whether an owner of this server hands it in, and not a stranger. */
    boolean submitted() {
        return envelope.client().login().isPresent();
    }

    /** Whether its owner wants it to be held beyond this moment (RFC 4865 §4.2). */
    boolean heldAt(Instant now) {
        return submitted()
                && envelope.options().releaseAt().filter(now::isBefore).isPresent();
    }

    /** What its copies are made of. */
    Letter letter(Trace trace) {
        return new Letter(
                id,
                envelope.client()
                        .login()
                        .map(login -> new Letter.Owner(
                                login.account(), login.address().domain())),
                envelope.reversePath(),
                envelope.options(),
                envelope.received(),
                message,
                index,
                recipient -> trace.received(this, recipient));
    }
}
