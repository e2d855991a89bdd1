// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.inbound;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
import org.wildpost.ejb.mailbox.PooledDatabase;
import org.wildpost.ejb.mailbox.Store;
import org.wildpost.persistence.acl.AccessRows;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.mailbox.QuotaRows;

/** What IMAP sessions are answered, with the server's mailboxes below, on a real PostgreSQL. */
class ImapContractTest
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
    private static PooledDatabase database;

    private final Store store = new Store(database);
    private final ImapMdb listener = new ImapMdb();
    private final AccountId owner = store.account();
    private final AccountId visitor = store.neighbour(owner);

    @SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
    ImapContractTest() {
        listener.mailboxes = store.mail;
        listener.guarded = store.guarded;
    }

    @BeforeAll
    static void startDatabase() {
        database = new PooledDatabase();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @Override
    public ImapListener listener() {
        return listener;
    }

    @Override
    public AccountId owner() {
        return owner;
    }

    @Override
    public AccountId stranger() {
        return store.account();
    }

    @Override
    public AccountId visitor() {
        return visitor;
    }

    @Override
    public String address(AccountId account) {
        return database.statement(connection -> new AccessRows(connection).address(account));
    }

    @Override
    public void quotaIs(QuotaLimits limits) {
        database.statement(connection -> {
            new QuotaRows(connection).limit(owner, limits);
            return limits;
        });
    }

    @Override
    public void ownerAdministers() {
        database.statement(connection ->
                Sql.update(connection, "update account set super_admin = true where id = ?", owner.value()));
    }

    @Override
    public void diskIsFull() {
        store.free = 0;
    }
}
