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

    /** Counts a message; in the transaction that stores it. */
    public void sent(AccountId account, long domainId, Instant now, int recipients, int newRecipients)
            throws SQLException {
        Sql.update(
                connection,
                "insert into sending_usage (account_id, hour, domain_id, messages, recipients, new_recipients)"
                        + " values (?, ?, ?, 1, ?, ?) on conflict (account_id, hour) do update set"
                        + " messages = sending_usage.messages + 1,"
                        + " recipients = sending_usage.recipients + excluded.recipients,"
                        + " new_recipients = sending_usage.new_recipients + excluded.new_recipients",
                account.value(),
                hour(now),
                domainId,
                recipients,
                newRecipients);
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

    /** Notes to whom the account writes; how many of them are new. Addresses in one order for all, so that no two wait for each other. */
    public int note(AccountId account, List<byte[]> addresses) throws SQLException {
        return Sql.update(
                connection,
                "insert into correspondent (account_id, address) select ?, a from unnest(?::bytea[]) as a order by a"
                        + " on conflict do nothing",
                account.value(),
                connection.createArrayOf("bytea", addresses.toArray(byte[][]::new)));
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
