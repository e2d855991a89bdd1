// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.pop3.Maildrop;
import org.wildpost.core.listener.pop3.MaildropContract;
import org.wildpost.core.listener.pop3.MaildropResult;
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

    /** What an owner moved away meanwhile is another message to POP3: marks do not follow it. */
    @Test
    void doesNotDeleteWhatWasMovedToAnotherMailbox() {
        arrives("a: 1\r\n\r\n");
        Maildrop maildrop = ((MaildropResult.Opened) listener.open(owner)).maildrop();
        long[] one = {maildrop.messages().getFirst().uid()};
        MailboxName kept = new MailboxName("Kept");
        store.mail.create(owner, kept, Optional.empty());
        store.mail.move(store.ref(owner, MailboxName.INBOX), one, kept);

        assertThat(listener.content(maildrop, one[0], 0, 10)).isEmpty();
        assertThat(listener.commit(maildrop, one)).isTrue();

        assertThat(messages(kept)).isEqualTo(1);
    }

    /** Only what POP3 marked goes, whatever other sessions marked. */
    @Test
    void doesNotExpungeWhatOthersMarked() {
        arrives("a: 1\r\n\r\n");
        arrives("a: 2\r\n\r\n");
        Maildrop maildrop = ((MaildropResult.Opened) listener.open(owner)).maildrop();
        long[] uids =
                maildrop.messages().stream().mapToLong(Maildrop.Message::uid).toArray();
        MailboxRef inbox = store.ref(owner, MailboxName.INBOX);
        store.flag(inbox, Flags.of(SystemFlag.DELETED), uids[1]);

        assertThat(listener.commit(maildrop, new long[] {uids[0]})).isTrue();

        assertThat(messages(MailboxName.INBOX)).isEqualTo(1);
        assertThat(store.mail.content(inbox, uids[1], 0, 4)).isPresent();
    }

    private long messages(MailboxName name) {
        return ((MailboxResult.Done) store.mail.status(owner, name)).status().messages();
    }
}
