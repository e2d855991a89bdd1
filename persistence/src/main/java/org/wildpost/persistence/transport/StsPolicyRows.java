// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.transport;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.sts.StsPolicy;
import org.wildpost.persistence.jdbc.Sql;

/** Policies of MTA-STS that were fetched (RFC 8461 §3.3). For one connection. */
public final class StsPolicyRows {
    private final Connection connection;

    public StsPolicyRows(Connection connection) {
        this.connection = connection;
    }

    /**
     * A policy as it was fetched.
     *
     * @param id        of the record that led to it
     * @param fetchedAt when it was fetched last; it is good for its {@code max_age} from then on
     */
    public record Fetched(String id, StsPolicy policy, Instant fetchedAt) {
        /** Whether it may still be used. */
        public boolean isGoodAt(Instant moment) {
            return moment.isBefore(fetchedAt.plus(policy.maxAge()));
        }
    }

    /** The policy of a domain, good or not; noted as used. */
    public Optional<Fetched> use(DomainName domain, Instant now) throws SQLException {
        return Sql.first(
                connection,
                "update sts_policy set used_at = ? where domain = ? returning policy_id, mode, max_age, mx, fetched_at",
                StsPolicyRows::fetched,
                now,
                domain.ascii());
    }

    /** Stores what was fetched, unless a newer one is there. */
    public void put(DomainName domain, Fetched fetched, Instant refreshAt) throws SQLException {
        Sql.update(
                connection,
                "insert into sts_policy (domain, policy_id, mode, max_age, mx, fetched_at, refresh_at, used_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (domain) do update set policy_id = excluded.policy_id,"
                        + " mode = excluded.mode, max_age = excluded.max_age, mx = excluded.mx, fetched_at = excluded.fetched_at,"
                        + " refresh_at = excluded.refresh_at where sts_policy.fetched_at <= excluded.fetched_at",
                domain.ascii(),
                fetched.id(),
                fetched.policy().mode().name(),
                fetched.policy().maxAge().toSeconds(),
                fetched.policy().mx().toArray(String[]::new),
                fetched.fetchedAt(),
                refreshAt,
                fetched.fetchedAt());
    }

    /**
     * Domains whose policy is to be fetched again; they are not told to anybody else for a while.
     *
     * @param usedAfter policies that nobody used since then are left alone
     */
    public List<DomainName> claim(Instant now, Instant usedAfter, Duration lease, int limit) throws SQLException {
        return Sql.list(
                connection,
                "update sts_policy set refresh_at = ? where domain in (select domain from sts_policy where refresh_at <= ? and used_at >= ?"
                        + " order by refresh_at limit ? for update skip locked) returning domain",
                row -> new DomainName(row.getString("domain")),
                now.plus(lease),
                now,
                usedAfter,
                limit);
    }

    /** Deletes policies that ended before the moment; how many. */
    public int sweep(Instant moment) throws SQLException {
        return Sql.update(
                connection, "delete from sts_policy where fetched_at + max_age * interval '1 second' < ?", moment);
    }

    private static Fetched fetched(ResultSet row) throws SQLException {
        return new Fetched(
                row.getString("policy_id"),
                new StsPolicy(
                        StsPolicy.Mode.valueOf(row.getString("mode")),
                        Duration.ofSeconds(row.getLong("max_age")),
                        List.of((String[]) row.getArray("mx").getArray())),
                Sql.instant(row, "fetched_at"));
    }
}
