// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.util.List;
import org.wildpost.core.listener.smtp.ForwardPath;

/** Tells senders what became of their mail here, where they asked for that (RFC 3461 §4.1). Safe for all threads. */
public interface SuccessNotices {
    /**
     * Tells the sender, after the message is committed.
     *
     * @param delivered forward-paths whose mail is in a mailbox here (RFC 3461 §5.2.3)
     * @param expanded  forward-paths that stand for several addresses, of which nothing more is told (RFC 3461 §5.2.7.3)
     */
    void tell(Delivery delivery, List<ForwardPath> delivered, List<ForwardPath> expanded);
}
