// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;

/** What came of sending a letter. */
public sealed interface SendResult {
    /** Taken for delivery, as a 250 says it. */
    record Sent() implements SendResult {}

    /** Nothing went out; the letter is still the writer's. */
    record Refused(List<Refusal> refusals) implements SendResult {
        public Refused {
            refusals = List.copyOf(refusals);
        }
    }

    /**
     * @param recipient  who cannot be written to; empty when the letter as a whole was refused
     * @param status    the enhanced status code (RFC 3463 §2); one that begins with 4 may be gone later
     * @param reason    what the server said, in English
     */
    record Refusal(Optional<EmailAddress> recipient, String status, String reason) {}
}
