// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.sending;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.wildpost.core.id.AccountId;
import org.wildpost.persistence.jdbc.Sql;

/** What accounts sent, an hour a row, and to whom they wrote before. As safe for threads as its connection. */
public final class SendingCounters {
    /** Hours of a day, the running one counted. */
    private static final int DAY = 24;

    private static final String SUMS = "select"
            + " coalesce(sum(messages) filter (where hour = ?), 0), coalesce(sum(recipients) filter (where hour = ?), 0),"
            + " coalesce(sum(messages), 0), coalesce(sum(recipients), 0), coalesce(sum(new_recipients), 0),"
            + " coalesce(sum(refused) filter (where hour = ?), 0) from sending_usage where hour > ? ";

    private final Connection connection;

    public SendingCounters(Connection connection) {
        this.connection = connection;
    }

    /** What the account sent; reads at most a row an hour. */
    public SendingUsage ofAccount(AccountId account, Instant now) throws SQLException {
        return sums("and account_id = ?", now, account.value());
    }

    /** What all accounts of a domain sent. */
    public SendingUsage ofDomain(long domainId, Instant now) throws SQLException {
        return sums("and domain_id = ?", now, domainId);
    }

    /** What all accounts sent. */
    public SendingUsage ofServer(Instant now) throws SQLException {
        Instant hour = hour(now);
        return Sql.first(connection, SUMS, SendingCounters::usage, hour, hour, hour, dayBefore(hour))
                .orElse(SendingUsage.NONE);
    }

    /**
     * Counts a message, in the transaction that stores it, and notes to whom the account writes; one statement, for it is part of every message. Addresses
     * in one order for all, so that no two wait for each other.
     *
     * @param outside those of other servers
     * @return how many of them are new
     */
    public int sent(AccountId account, long domainId, Instant now, int recipients, List<byte[]> outside)
            throws SQLException {
        return Sql.first(
                        connection,
                        "with fresh as (insert into correspondent (account_id, address)"
                                + " select ?::bigint, a from unnest(?::bytea[]) as a order by a"
                                + " on conflict do nothing returning 1), number as (select count(*) as fresh from fresh)"
                                + " insert into sending_usage (account_id, hour, domain_id, messages, recipients, new_recipients)"
                                + " select ?::bigint, ?::timestamptz, ?::bigint, 1, ?::bigint, fresh from number"
                                + " on conflict (account_id, hour) do update set"
                                + " messages = sending_usage.messages + 1,"
                                + " recipients = sending_usage.recipients + excluded.recipients,"
                                + " new_recipients = sending_usage.new_recipients + excluded.new_recipients"
                                + " returning (select fresh from number)",
                        row -> row.getInt(1),
                        account.value(),
                        connection.createArrayOf("bytea", outside.toArray(byte[][]::new)),
                        account.value(),
                        hour(now),
                        domainId,
                        (long) recipients)
                .orElse(0);
    }

    /** Counts something that a limit refused. */
    public void refused(AccountId account, long domainId, Instant now) throws SQLException {
        Sql.update(
                connection,
                "insert into sending_usage (account_id, hour, domain_id, refused) values (?, ?, ?, 1)"
                        + " on conflict (account_id, hour) do update set refused = sending_usage.refused + 1",
                account.value(),
                hour(now),
                domainId);
    }

    /** Whether the account wrote to the address before. */
    public boolean knows(AccountId account, byte[] address) throws SQLException {
        return Sql.first(
                        connection,
                        "select 1 from correspondent where account_id = ? and address = ?",
                        row -> true,
                        account.value(),
                        address)
                .isPresent();
    }

    /** How many of the addresses the account never wrote to. */
    public long strangers(AccountId account, List<byte[]> addresses) throws SQLException {
        return Sql.first(
                        connection,
                        "select count(distinct a) from unnest(?::bytea[]) as a where not exists"
                                + " (select 1 from correspondent c where c.account_id = ? and c.address = a)",
                        row -> row.getLong(1),
                        connection.createArrayOf("bytea", addresses.toArray(byte[][]::new)),
                        account.value())
                .orElse(0L);
    }

    /** Takes back what was counted as refused. */
    public void forgive(AccountId account) throws SQLException {
        Sql.update(
                connection,
                "update sending_usage set refused = 0 where account_id = ? and refused > 0",
                account.value());
    }

    /** Forgets hours that no limit looks at any more. */
    public int sweep(Instant now) throws SQLException {
        return Sql.update(
                connection,
                "delete from sending_usage where hour <= ?",
                dayBefore(hour(now)).minus(DAY, ChronoUnit.HOURS));
    }

    private SendingUsage sums(String condition, Instant now, long id) throws SQLException {
        Instant hour = hour(now);
        return Sql.first(connection, SUMS + condition, SendingCounters::usage, hour, hour, hour, dayBefore(hour), id)
                .orElse(SendingUsage.NONE);
    }

    private static SendingUsage usage(ResultSet row) throws SQLException {
        return new SendingUsage(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
    }

    private static Instant hour(Instant now) {
        return now.truncatedTo(ChronoUnit.HOURS);
    }

    private static Instant dayBefore(Instant hour) {
        return hour.minus(DAY, ChronoUnit.HOURS);
    }
}
