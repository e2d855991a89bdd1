// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.maildrop;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;

/** {@link Maildrops} in the database. As safe for threads as its entity manager. */
public final class JpaMaildrops implements Maildrops {
    private final EntityManager entityManager;

    public JpaMaildrops(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @Override
    public boolean acquire(AccountId account, String lease, Duration duration) {
        return leased(
                                "insert into maildrop_lock (account_id, lease, expires_at)"
                                        + " values (:account, :lease, clock_timestamp() + make_interval(secs => :seconds))"
                                        + " on conflict (account_id)"
                                        + " do update set lease = excluded.lease, expires_at = excluded.expires_at"
                                        + " where maildrop_lock.expires_at <= clock_timestamp()",
                                account,
                                lease)
                        .setParameter("seconds", seconds(duration))
                        .executeUpdate()
                == 1;
    }

    @Override
    public boolean renew(AccountId account, String lease, Duration duration) {
        return leased(
                                "update maildrop_lock set expires_at = clock_timestamp() + make_interval(secs => :seconds)"
                                        + " where account_id = :account and lease = :lease and expires_at > clock_timestamp()",
                                account,
                                lease)
                        .setParameter("seconds", seconds(duration))
                        .executeUpdate()
                == 1;
    }

    @Override
    public boolean hold(AccountId account, String lease) {
        return !leased(
                        "select account_id from maildrop_lock"
                                + " where account_id = :account and lease = :lease and expires_at > clock_timestamp()"
                                + " for update",
                        account,
                        lease)
                .getResultList()
                .isEmpty();
    }

    @Override
    public void release(AccountId account, String lease) {
        leased("delete from maildrop_lock where account_id = :account and lease = :lease", account, lease)
                .executeUpdate();
    }

    @Override
    public Optional<MailboxId> inbox(AccountId account) {
        List<?> ids = entityManager
                .createNativeQuery("select id from mailbox where account_id = :account and name = 'INBOX'")
                .setParameter("account", account.value())
                .getResultList();
        return ids.stream().findFirst().map(id -> new MailboxId(number(id)));
    }

    @Override
    public List<MaildropRow> messages(MailboxRef mailbox) {
        Query query = entityManager
                .createNativeQuery("select uid, id, size from message"
                        + " where mailbox_id = :mailbox and account_id = :account order by uid")
                .setParameter("mailbox", mailbox.mailbox().value())
                .setParameter("account", mailbox.account().value());
        return rows(query)
                .map(row -> new MaildropRow(number(row[0]), number(row[1]), number(row[2])))
                .toList();
    }

    private Query leased(String sql, AccountId account, String lease) {
        return entityManager
                .createNativeQuery(sql)
                .setParameter("account", account.value())
                .setParameter("lease", lease);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }

    @SuppressWarnings("unchecked") // a native query has no typed form in JPA 3.1
    private static Stream<Object[]> rows(Query query) {
        return ((List<Object[]>) query.getResultList()).stream();
    }
}
