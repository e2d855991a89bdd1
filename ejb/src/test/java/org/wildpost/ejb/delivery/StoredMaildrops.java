// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.util.Optional;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.hibernate.dialect.PostgreSQLDialect;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.ScramLookup;
import org.wildpost.core.listener.pop3.Maildrop;
import org.wildpost.core.listener.pop3.MaildropResult;
import org.wildpost.core.listener.pop3.Pop3Listener;
import org.wildpost.ejb.mailbox.MailboxService;
import org.wildpost.ejb.mailbox.PooledDatabase;
import org.wildpost.persistence.maildrop.JpaMaildrops;

/** The service of maildrops in transactions as the container has them: leases over JPA and mailboxes over JDBC on one connection. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
final class StoredMaildrops implements Pop3Listener {
    /** Made without a database, for it is given a connection each time. */
    private static final SessionFactory SESSIONS = new Configuration()
            .setProperty(AvailableSettings.DIALECT, PostgreSQLDialect.class.getName())
            .setProperty(AvailableSettings.ALLOW_METADATA_ON_BOOT, "false")
            .buildSessionFactory();

    private final MaildropService service = new MaildropService();
    private final PooledDatabase database;

    StoredMaildrops(PooledDatabase database, MailboxService mailboxes) {
        this.database = database;
        service.mailboxes = mailboxes;
    }

    private <T> T transaction(Supplier<T> work) {
        return database.transaction(connection -> {
            try (Session session = SESSIONS.withOptions().connection(connection).openSession()) {
                service.maildrops = new JpaMaildrops(session);
                session.beginTransaction();
                T result = work.get();
                session.getTransaction().commit();
                return result;
            }
        });
    }

    @Override
    public MaildropResult open(AccountId account) {
        return transaction(() -> service.open(account));
    }

    @Override
    public Optional<byte[]> content(Maildrop maildrop, long uid, long offset, int length) {
        return service.content(maildrop, uid, offset, length);
    }

    @Override
    public boolean renew(Maildrop maildrop) {
        return transaction(() -> service.renew(maildrop));
    }

    @Override
    public boolean commit(Maildrop maildrop, long[] deleted) {
        return transaction(() -> service.commit(maildrop, deleted));
    }

    @Override
    public void release(Maildrop maildrop) {
        transaction(() -> {
            service.release(maildrop);
            return true;
        });
    }

    @Override
    public LoginResult login(LoginAttempt attempt) {
        throw new AssertionError("the contract of maildrops does not log in");
    }

    @Override
    public ScramLookup scram(MailProtocol protocol, Peer peer, String username) {
        throw new AssertionError("the contract of maildrops does not log in");
    }

    @Override
    public LoginResult scramCompleted(MailProtocol protocol, Peer peer, String username, boolean proved) {
        throw new AssertionError("the contract of maildrops does not log in");
    }
}
