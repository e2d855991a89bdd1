// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.BlobId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.persistence.jdbc.Sql;

/** Reads rows of the queue into records. */
final class QueueRows {
    /** The columns of {@link #entry}, of a table called {@code e}. */
    static final String ENTRY =
            "e.id, e.message_id, e.destination, e.recipient, e.notify, e.orcpt_type, e.orcpt_address,"
                    + " e.attempts, e.next_attempt_at, e.expires_at, e.notice_at, e.last_status, e.last_text, e.reroute_host,"
                    + " e.reroute_port";

    /** The columns of {@link #message}, of a table called {@code m}. */
    static final String MESSAGE = "m.id as queued_id, m.delivery_id, m.blob_id, m.prefix, m.size, m.account_id,"
            + " m.sender_domain, m.reverse_path, m.smtp_utf8, m.body, m.returned, m.envelope_id, m.require_tls,"
            + " m.priority, m.release_at, m.deliver_by, m.deliver_by_mode, m.deliver_by_trace,"
            + " m.message_id as message_id_field, m.subject, m.needs_eight, m.needs_utf8, m.created_at, m.recipients";

    private QueueRows() {}

    static QueueEntry entry(ResultSet row) throws SQLException {
        @Nullable String type = row.getString("orcpt_type");
        @Nullable String host = row.getString("reroute_host");
        return new QueueEntry(
                row.getLong("id"),
                row.getLong("message_id"),
                row.getString("destination"),
                new ForwardPath(
                        EmailAddress.parse(row.getString("recipient")),
                        NotifyBits.read(row.getInt("notify")),
                        type == null
                                ? Optional.empty()
                                : Optional.of(new ForwardPath.OriginalRecipient(type, row.getString("orcpt_address")))),
                row.getInt("attempts"),
                Sql.instant(row, "next_attempt_at"),
                Sql.instant(row, "expires_at"),
                Columns.moment(row, "notice_at"),
                row.getString("last_status"),
                row.getString("last_text"),
                host == null
                        ? Optional.empty()
                        : Optional.of(new QueueEntry.NextHop(host, row.getInt("reroute_port"))));
    }

    static QueuedMessage message(ResultSet row) throws SQLException {
        long account = row.getLong("account_id");
        String reversePath = row.getString("reverse_path");
        return new QueuedMessage(
                row.getLong("queued_id"),
                row.getString("delivery_id"),
                new BlobId(row.getLong("blob_id")),
                row.getBytes("prefix"),
                row.getLong("size"),
                account == 0 ? Optional.empty() : Optional.of(new AccountId(account)),
                Optional.ofNullable(row.getString("sender_domain")).map(DomainName::parse),
                reversePath.isEmpty()
                        ? ReversePath.NULL
                        : new ReversePath(Optional.of(EmailAddress.parse(reversePath))),
                options(row),
                row.getString("message_id_field"),
                row.getString("subject"),
                row.getBoolean("needs_eight"),
                row.getBoolean("needs_utf8"),
                Sql.instant(row, "created_at"),
                row.getInt("recipients"));
    }

    private static MailOptions options(ResultSet row) throws SQLException {
        @Nullable String mode = row.getString("deliver_by_mode");
        return new MailOptions(
                row.getBoolean("smtp_utf8"),
                MailOptions.Body.valueOf(row.getString("body")),
                Optional.ofNullable(row.getString("returned")).map(MailOptions.Returned::valueOf),
                Optional.ofNullable(row.getString("envelope_id")),
                row.getBoolean("require_tls"),
                row.getInt("priority"),
                Columns.moment(row, "release_at"),
                mode == null
                        ? Optional.empty()
                        : Optional.of(new MailOptions.DeliverBy(
                                Sql.instant(row, "deliver_by"),
                                MailOptions.DeliverBy.Mode.valueOf(mode),
                                row.getBoolean("deliver_by_trace"))));
    }
}
