// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.maildrop;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;

/** What is asked about maildrops. A lease ends by the database's clock, which all servers share. Everything wants a transaction. */
public interface Maildrops {
    /** Gives the maildrop to this lease unless another one is running; then false. */
    boolean acquire(AccountId account, String lease, Duration duration);

    /** Begins the lease's time anew; false when it ended or was never given. */
    boolean renew(AccountId account, String lease, Duration duration);

    /** Whether the lease is running; if so, nobody else gets the maildrop before the end of the transaction. */
    boolean hold(AccountId account, String lease);

    /** Ends the lease; another one's is left alone. */
    void release(AccountId account, String lease);

    /** The account's INBOX. */
    Optional<MailboxId> inbox(AccountId account);

    /** All messages of a mailbox, ascending by UID. */
    List<MaildropRow> messages(MailboxRef mailbox);
}
