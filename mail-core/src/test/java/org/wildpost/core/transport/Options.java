// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.util.Optional;
import org.wildpost.core.listener.smtp.MailOptions;

/** Options of MAIL with one thing asked for. */
final class Options {
    private Options() {}

    static MailOptions body(MailOptions.Body body) {
        return new MailOptions(
                false, body, Optional.empty(), Optional.empty(), false, 0, Optional.empty(), Optional.empty());
    }

    static MailOptions requireTls() {
        return new MailOptions(
                false,
                MailOptions.Body.SEVEN_BIT,
                Optional.empty(),
                Optional.empty(),
                true,
                0,
                Optional.empty(),
                Optional.empty());
    }

    static MailOptions priority(int priority) {
        return new MailOptions(
                false,
                MailOptions.Body.SEVEN_BIT,
                Optional.empty(),
                Optional.empty(),
                false,
                priority,
                Optional.empty(),
                Optional.empty());
    }

    static MailOptions notices(MailOptions.Returned returned, String envelopeId) {
        return new MailOptions(
                false,
                MailOptions.Body.SEVEN_BIT,
                Optional.of(returned),
                Optional.of(envelopeId),
                false,
                0,
                Optional.empty(),
                Optional.empty());
    }

    static MailOptions deliverBy(MailOptions.DeliverBy by) {
        return new MailOptions(
                false,
                MailOptions.Body.SEVEN_BIT,
                Optional.empty(),
                Optional.empty(),
                false,
                0,
                Optional.empty(),
                Optional.of(by));
    }
}
