// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

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
}
