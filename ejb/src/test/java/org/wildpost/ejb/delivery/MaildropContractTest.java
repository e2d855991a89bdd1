// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.pop3.MaildropContract;
import org.wildpost.core.listener.pop3.Pop3Listener;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.ejb.mailbox.PooledDatabase;
import org.wildpost.ejb.mailbox.Store;
import org.wildpost.persistence.jdbc.Sql;

/** The server's maildrops with the server's mailboxes below, on a real PostgreSQL. */
class MaildropContractTest implements MaildropContract {
    private static PooledDatabase database;

    private final Store store = new Store(database);
    private final Pop3Listener listener = new StoredMaildrops(database, store.mail);
    private final AccountId owner = store.account();

    @BeforeAll
    static void startDatabase() {
        database = new PooledDatabase();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @Override
    public Pop3Listener listener() {
        return listener;
    }

    @Override
    public AccountId owner() {
        return owner;
    }

    @Override
    public void arrives(String message) {
        store.append(owner, message, Flags.NONE);
    }

    @Override
    public void expungedElsewhere(long uid) {
        MailboxRef inbox = store.ref(owner, MailboxName.INBOX);
        long[] one = {uid};
        store.flag(inbox, Flags.of(SystemFlag.DELETED), one);
        store.mail.expunge(inbox, Optional.of(one));
    }

    @Override
    public void leaseRunsOut() {
        database.statement(connection -> Sql.update(connection, "update maildrop_lock set expires_at = now()"));
    }
}
