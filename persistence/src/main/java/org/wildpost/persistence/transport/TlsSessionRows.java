// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.transport;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.wildpost.core.tlsreport.TlsReport;
import org.wildpost.persistence.jdbc.Sql;

/** Sessions over TLS by day and policy, and which of them were reported (RFC 8460 §4.1). For one connection. */
public final class TlsSessionRows {
    private final Connection connection;

    public TlsSessionRows(Connection connection) {
        this.connection = connection;
    }

    /**
     * What is counted together.
     *
     * @param day    in UTC
     * @param type   {@code tlsa}, {@code sts} or {@code no-policy-found}
     * @param mxHost the host that the records are of, for {@code tlsa}; else empty
     */
    public record SessionKey(LocalDate day, String domain, String type, String mxHost) {}

    /**
     * A failure as it is counted.
     *
     * @param resultType in the words of reports
     */
    public record Failure(String resultType, String sendingIp, String receivingMx, String receivingIp, String reason) {}

    /** A report that this node is to send now. */
    public record Claim(LocalDate day, String domain, String reportId, int attempts) {}

    /** Adds sessions; the newest policy is kept. */
    public void add(SessionKey key, List<String> policy, List<String> mxPatterns, long successes, long failures)
            throws SQLException {
        Sql.update(
                connection,
                "insert into tls_sessions (day, policy_domain, policy_type, mx_host, policy, mx_patterns, successes, failures)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (day, policy_domain, policy_type, mx_host) do update set"
                        + " policy = excluded.policy, mx_patterns = excluded.mx_patterns,"
                        + " successes = tls_sessions.successes + excluded.successes,"
                        + " failures = tls_sessions.failures + excluded.failures",
                key.day(),
                key.domain(),
                key.type(),
                key.mxHost(),
                policy.toArray(String[]::new),
                mxPatterns.toArray(String[]::new),
                successes,
                failures);
    }

    /** Adds failures of one kind. */
    public void addFailures(SessionKey key, Failure failure, long sessions) throws SQLException {
        Sql.update(
                connection,
                "insert into tls_failures (day, policy_domain, policy_type, mx_host, result_type, sending_ip, receiving_mx, receiving_ip,"
                        + " reason, sessions) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (day, policy_domain, policy_type, mx_host,"
                        + " result_type, sending_ip, receiving_mx, receiving_ip, reason)"
                        + " do update set sessions = tls_failures.sessions + excluded.sessions",
                key.day(),
                key.domain(),
                key.type(),
                key.mxHost(),
                failure.resultType(),
                failure.sendingIp(),
                failure.receivingMx(),
                failure.receivingIp(),
                Sql.storable(failure.reason()),
                sessions);
    }

    /** What was counted of a domain on a day, with at most so many details for each policy. */
    public List<TlsReport.PolicyResult> results(LocalDate day, String domain, int maxDetails) throws SQLException {
        return Sql.list(
                        connection,
                        "select policy_type, mx_host, policy, mx_patterns, successes, failures from tls_sessions"
                                + " where day = ? and policy_domain = ? order by policy_type, mx_host",
                        TlsSessionRows::counted,
                        day,
                        domain)
                .stream()
                .map(counted -> counted.with(
                        domain, details(new SessionKey(day, domain, counted.type(), counted.mxHost()), maxDetails)))
                .toList();
    }

    private record Counted(
            String type, String mxHost, List<String> policy, List<String> patterns, long successes, long failures) {
        TlsReport.PolicyResult with(String domain, List<TlsReport.FailureDetail> details) {
            List<String> hosts = mxHost.isEmpty() ? patterns : List.of(mxHost);
            return new TlsReport.PolicyResult(type, policy, domain, hosts, successes, failures, details);
        }
    }

    private static Counted counted(ResultSet row) throws SQLException {
        return new Counted(
                row.getString("policy_type"),
                row.getString("mx_host"),
                List.of((String[]) row.getArray("policy").getArray()),
                List.of((String[]) row.getArray("mx_patterns").getArray()),
                row.getLong("successes"),
                row.getLong("failures"));
    }

    private List<TlsReport.FailureDetail> details(SessionKey key, int most) {
        try {
            return Sql.list(
                    connection,
                    "select result_type, sending_ip, receiving_mx, receiving_ip, reason, sessions from tls_failures"
                            + " where day = ? and policy_domain = ? and policy_type = ? and mx_host = ? order by sessions desc limit ?",
                    row -> new TlsReport.FailureDetail(
                            row.getString("result_type"),
                            row.getString("sending_ip"),
                            row.getString("receiving_mx"),
                            "",
                            row.getString("receiving_ip"),
                            row.getLong("sessions"),
                            "",
                            row.getString("reason")),
                    key.day(),
                    key.domain(),
                    key.type(),
                    key.mxHost(),
                    most);
        } catch (SQLException e) {
            throw new org.wildpost.persistence.jdbc.DatabaseException(e);
        }
    }

    /** Begins the reports of a day that nobody began; the id is made of the day and the domain. */
    public void begin(LocalDate day, Instant now, int limit) throws SQLException {
        Sql.update(
                connection,
                "insert into tls_report_sent (day, policy_domain, report_id, state, next_try_at)"
                        + " select distinct s.day, s.policy_domain, to_char(s.day, 'YYYYMMDD') || '.' || s.policy_domain, 'open', ?::timestamptz"
                        + " from tls_sessions s where s.day = ? and not exists (select 1 from tls_report_sent r"
                        + " where r.day = s.day and r.policy_domain = s.policy_domain) limit ? on conflict do nothing",
                now,
                day,
                limit);
    }

    /** Reports that are to be sent now; they are told to nobody else before the lease ends. */
    public List<Claim> claim(Instant now, Duration lease, int limit) throws SQLException {
        return Sql.list(
                connection,
                "update tls_report_sent set attempts = attempts + 1, next_try_at = ? where (day, policy_domain) in"
                        + " (select day, policy_domain from tls_report_sent where state = 'open' and next_try_at <= ?"
                        + " order by next_try_at limit ? for update skip locked) returning day, policy_domain, report_id, attempts",
                row -> new Claim(
                        row.getObject("day", LocalDate.class),
                        row.getString("policy_domain"),
                        row.getString("report_id"),
                        row.getInt("attempts")),
                now.plus(lease),
                now,
                limit);
    }

    /** Ends a report: {@code sent}, {@code unwanted} or {@code failed}. */
    public void end(Claim claim, String state, String outcome) throws SQLException {
        Sql.update(
                connection,
                "update tls_report_sent set state = ?, outcome = ? where day = ? and policy_domain = ?",
                state,
                Sql.storable(outcome),
                claim.day(),
                claim.domain());
    }

    /** Forgets days before this one. */
    public void sweep(LocalDate day) throws SQLException {
        Sql.update(connection, "delete from tls_failures where day < ?", day);
        Sql.update(connection, "delete from tls_sessions where day < ?", day);
        Sql.update(connection, "delete from tls_report_sent where day < ?", day);
    }
}
