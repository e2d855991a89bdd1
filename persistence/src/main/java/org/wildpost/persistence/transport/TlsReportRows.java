// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.transport;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.wildpost.core.tlsreport.TlsReport;
import org.wildpost.persistence.jdbc.Sql;

/** Reports that others sent about domains of ours (RFC 8460): a row for each policy in them. For one connection. */
public final class TlsReportRows {
    private final Connection connection;

    public TlsReportRows(Connection connection) {
        this.connection = connection;
    }

    /**
     * A report about one policy.
     *
     * @param submitter  the domain of who sent it
     * @param report     with exactly one policy
     */
    public record Received(long id, String submitter, Instant receivedAt, TlsReport report) {
        /** The one policy. */
        public TlsReport.PolicyResult result() {
            return report.policies().getFirst();
        }
    }

    /**
     * Stores one policy of a report.
     *
     * @return false when it is there already
     */
    public boolean add(TlsReport report, TlsReport.PolicyResult result, String submitter, Instant now)
            throws SQLException {
        OptionalLong id = Sql.first(
                        connection,
                        "insert into tls_report (organization, contact, report_id, begins_at, ends_at, policy_domain, policy_type, policy, mx_hosts,"
                                + " successes, failures, submitter, received_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                + " on conflict do nothing returning id",
                        row -> OptionalLong.of(row.getLong("id")),
                        Sql.storable(report.organization()),
                        Sql.storable(report.contact()),
                        Sql.storable(report.id()),
                        report.begin(),
                        report.end(),
                        result.domain(),
                        Sql.storable(result.type()),
                        texts(result.policy()),
                        texts(result.mxHosts()),
                        result.successes(),
                        result.failures(),
                        submitter,
                        now)
                .orElse(OptionalLong.empty());
        if (id.isEmpty()) {
            return false;
        }
        int position = 0;
        for (TlsReport.FailureDetail detail : result.details()) {
            Sql.update(
                    connection,
                    "insert into tls_report_failure (report, position, result_type, sending_ip, receiving_mx, receiving_helo, receiving_ip, sessions,"
                            + " information, reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    id.getAsLong(),
                    position++,
                    Sql.storable(detail.resultType()),
                    Sql.storable(detail.sendingIp()),
                    Sql.storable(detail.receivingMx()),
                    Sql.storable(detail.receivingHelo()),
                    Sql.storable(detail.receivingIp()),
                    detail.sessions(),
                    Sql.storable(detail.information()),
                    Sql.storable(detail.reason()));
        }
        return true;
    }

    /**
     * Reports about a domain, or about all when it is empty; the newest first.
     *
     * @param failuresOnly those alone that tell of failures
     */
    public TransportRules.Part<Received> list(String domain, boolean failuresOnly, int offset, int limit)
            throws SQLException {
        String where = " from tls_report where (? = '' or policy_domain = ?) and (? = 0 or failures > 0)";
        int only = failuresOnly ? 1 : 0;
        List<Received> rows = new ArrayList<>();
        for (Received row : Sql.list(
                connection,
                "select id, organization, contact, report_id, begins_at, ends_at, policy_domain, policy_type, policy, mx_hosts, successes, failures,"
                        + " submitter, received_at" + where + " order by begins_at desc, id desc offset ? limit ?",
                TlsReportRows::received,
                domain,
                domain,
                only,
                offset,
                limit)) {
            rows.add(withDetails(row));
        }
        long total = Sql.first(connection, "select count(*)" + where, row -> row.getLong(1), domain, domain, only)
                .orElseThrow();
        return new TransportRules.Part<>(rows, total);
    }

    /** Forgets what came before the moment. */
    public int sweep(Instant moment) throws SQLException {
        return Sql.update(connection, "delete from tls_report where received_at < ?", moment);
    }

    private Received withDetails(Received row) throws SQLException {
        TlsReport.PolicyResult result = row.result();
        if (result.failures() == 0) {
            return row;
        }
        List<TlsReport.FailureDetail> details = Sql.list(
                connection,
                "select result_type, sending_ip, receiving_mx, receiving_helo, receiving_ip, sessions, information, reason from tls_report_failure"
                        + " where report = ? order by position",
                detail -> new TlsReport.FailureDetail(
                        detail.getString("result_type"),
                        detail.getString("sending_ip"),
                        detail.getString("receiving_mx"),
                        detail.getString("receiving_helo"),
                        detail.getString("receiving_ip"),
                        detail.getLong("sessions"),
                        detail.getString("information"),
                        detail.getString("reason")),
                row.id());
        TlsReport report = row.report();
        TlsReport.PolicyResult full = new TlsReport.PolicyResult(
                result.type(),
                result.policy(),
                result.domain(),
                result.mxHosts(),
                result.successes(),
                result.failures(),
                details);
        return new Received(
                row.id(),
                row.submitter(),
                row.receivedAt(),
                new TlsReport(
                        report.organization(),
                        report.contact(),
                        report.id(),
                        report.begin(),
                        report.end(),
                        List.of(full)));
    }

    private static Received received(ResultSet row) throws SQLException {
        TlsReport.PolicyResult result = new TlsReport.PolicyResult(
                row.getString("policy_type"),
                List.of((String[]) row.getArray("policy").getArray()),
                row.getString("policy_domain"),
                List.of((String[]) row.getArray("mx_hosts").getArray()),
                row.getLong("successes"),
                row.getLong("failures"),
                List.of());
        return new Received(
                row.getLong("id"),
                row.getString("submitter"),
                Sql.instant(row, "received_at"),
                new TlsReport(
                        row.getString("organization"),
                        row.getString("contact"),
                        row.getString("report_id"),
                        Sql.instant(row, "begins_at"),
                        Sql.instant(row, "ends_at"),
                        List.of(result)));
    }

    private static String[] texts(List<String> texts) {
        return texts.stream().map(Sql::storable).toArray(String[]::new);
    }
}
