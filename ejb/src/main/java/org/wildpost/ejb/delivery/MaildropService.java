// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.pop3.Maildrop;
import org.wildpost.core.listener.pop3.MaildropResult;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.ejb.mailbox.MailboxService;
import org.wildpost.persistence.maildrop.Maildrops;

/** INBOX as POP3 sees it: one session at a time has it, under a lease (RFC 1939 §4). Safe for all threads. */
@ApplicationScoped
public class MaildropService {
    private static final Duration LEASE = Duration.ofSeconds(Maildrop.LEASE_SECONDS);

    @Inject
    Maildrops maildrops;

    @Inject
    MailboxService mailboxes;

    /** Takes the lease and reads the list. */
    @Transactional
    public MaildropResult open(AccountId account) {
        String lease = UUID.randomUUID().toString();
        if (!maildrops.acquire(account, lease, LEASE)) {
            return new MaildropResult.InUse();
        }
        MailboxRef inbox = new MailboxRef(
                account,
                maildrops.inbox(account).orElseThrow(() -> new IllegalStateException("no INBOX: account " + account)));
        List<Maildrop.Message> messages = maildrops.messages(inbox).stream()
                .map(row -> new Maildrop.Message(row.uid(), Long.toString(row.id()), row.size()))
                .toList();
        return new MaildropResult.Opened(new Maildrop(inbox, lease, messages));
    }

    /** Octets of a message; empty when another session expunged it. */
    public Optional<byte[]> content(Maildrop maildrop, long uid, long offset, int length) {
        return mailboxes.content(maildrop.mailbox(), uid, offset, length);
    }

    /** Keeps the lease for its full time again; false when it was lost. */
    @Transactional
    public boolean renew(Maildrop maildrop) {
        return maildrops.renew(maildrop.mailbox().account(), maildrop.lease(), LEASE);
    }

    /** Expunges what was marked and gives the lease back, in one transaction that holds the lease's row; false when it was lost. */
    @Transactional
    public boolean commit(Maildrop maildrop, long[] deleted) {
        AccountId account = maildrop.mailbox().account();
        if (!maildrops.hold(account, maildrop.lease())) {
            return false;
        }
        if (deleted.length > 0) {
            Flags marked = Flags.of(SystemFlag.DELETED);
            mailboxes.store(
                    maildrop.mailbox(), new StoreRequest(deleted, StoreRequest.Mode.ADD, marked, OptionalLong.empty()));
            mailboxes.expunge(maildrop.mailbox(), Optional.of(deleted));
        }
        maildrops.release(account, maildrop.lease());
        return true;
    }

    /** Gives the lease back. */
    @Transactional
    public void release(Maildrop maildrop) {
        maildrops.release(maildrop.mailbox().account(), maildrop.lease());
    }
}
