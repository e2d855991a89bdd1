// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.pop3;

import java.util.Optional;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.Authentication;
import org.wildpost.core.listener.NamedServer;

/** What a POP3 session asks. */
public interface Pop3Listener extends Authentication, NamedServer {
    /** Locks the account's INBOX for this session and reads it. */
    MaildropResult open(AccountId account);

    /** Octets of a message from {@code offset}, at most {@code length}; empty when another session expunged it. */
    Optional<byte[]> content(Maildrop maildrop, long uid, long offset, int length);

    /** Renews the lease; false when it was lost. */
    boolean renew(Maildrop maildrop);

    /**
     * Deletes what the session marked, all or none, and gives the lease back.
     *
     * @return false when the lease was lost and nothing was deleted
     */
    boolean commit(Maildrop maildrop, long[] deleted);

    /** Gives the lease back without deleting anything. */
    void release(Maildrop maildrop);
}
