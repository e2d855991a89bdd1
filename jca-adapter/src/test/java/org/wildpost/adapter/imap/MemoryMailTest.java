// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.AppendContract;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.MailboxesContract;
import org.wildpost.core.listener.imap.MessagesContract;
import org.wildpost.core.listener.imap.MetadataContract;
import org.wildpost.core.listener.imap.ObjectIdContract;
import org.wildpost.core.listener.imap.QuotaContract;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.listener.imap.SearchContract;
import org.wildpost.core.listener.imap.SharedTransferContract;
import org.wildpost.core.listener.imap.TransferContract;
import org.wildpost.core.listener.imap.WatchContract;
import org.wildpost.core.mime.MimeIndexer;

/** The fake behind the transcripts does what the server's store does. */
class MemoryMailTest
        implements AppendContract,
                MailboxesContract,
                MessagesContract,
                MetadataContract,
                ObjectIdContract,
                QuotaContract,
                SearchContract,
                SharedTransferContract,
                TransferContract,
                WatchContract {
    private final MemoryMail mail = new MemoryMail(MimeIndexer::index);

    @Override
    public ImapListener listener() {
        return mail;
    }

    @Override
    public AccountId owner() {
        return MemoryMail.ALICE;
    }

    @Override
    public AccountId stranger() {
        return MemoryMail.STRANGER;
    }

    @Override
    public AccountId visitor() {
        return MemoryMail.BOB;
    }

    @Override
    public String address(AccountId account) {
        return mail.address(account);
    }

    @Override
    public void quotaIs(QuotaLimits limits) {
        mail.quota.limits = limits;
    }

    @Override
    public void ownerAdministers() {
        mail.quota.administrator = true;
    }

    @Override
    public void diskIsFull() {
        mail.full = true;
    }
}
