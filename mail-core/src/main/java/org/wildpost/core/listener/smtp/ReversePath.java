// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import java.util.Optional;
import org.wildpost.core.address.EmailAddress;

/**
 * The argument of MAIL FROM; empty for {@code <>}, the sender of notifications (RFC 5321 §4.5.5).
 */
public record ReversePath(Optional<EmailAddress> address) {
    /** The null reverse-path. */
    public static final ReversePath NULL = new ReversePath(Optional.empty());

    @Override
    public String toString() {
        return address.map(EmailAddress::toString).orElse("");
    }
}
