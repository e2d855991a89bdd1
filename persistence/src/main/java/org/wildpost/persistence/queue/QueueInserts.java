// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.wildpost.core.listener.smtp.ForwardPath.OriginalRecipient;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.MailOptions.DeliverBy;
import org.wildpost.persistence.jdbc.Sql;

/** Puts messages into the queue: one statement for a message with all its recipients. As safe for threads as its connection. */
public final class QueueInserts {
    private static final String INSERT =
            "with m as (insert into queued_message (id, delivery_id, blob_id, prefix, size,"
                    + " account_id, sender_domain, reverse_path, smtp_utf8, body, returned, envelope_id, require_tls, priority,"
                    + " release_at, deliver_by, deliver_by_mode, deliver_by_trace, message_id, subject, needs_eight, needs_utf8,"
                    + " created_at, recipients, open_entries) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                    + " ?, ?, ?, ?, ?))"
                    + " insert into queue_entry (id, message_id, account_id, destination, recipient, notify, orcpt_type,"
                    + " orcpt_address, urgency, node, next_attempt_at, expires_at, notice_at)"
                    + " select e.id, ?::bigint, ?::bigint, e.destination, e.recipient, e.notify, e.orcpt_type, e.orcpt_address,"
                    + " ?::smallint, e.node, e.next_attempt_at, e.expires_at, e.notice_at"
                    + " from unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[]::bigint[],"
                    + " ?::text[]::timestamptz[], ?::text[]::timestamptz[], ?::text[]::timestamptz[]) as e (id, destination,"
                    + " recipient, notify, orcpt_type, orcpt_address, node, next_attempt_at, expires_at, notice_at)";

    private final Connection connection;

    public QueueInserts(Connection connection) {
        this.connection = connection;
    }

    /**
     * A new entry.
     *
     * @param node who carries it at once; empty: it waits
     */
    public record NewEntry(QueueEntry entry, OptionalLong node) {}

    /** Adds a message with all its entries. */
    public void insert(QueuedMessage message, List<NewEntry> entries) throws SQLException {
        MailOptions options = message.options();
        Sql.update(
                connection,
                INSERT,
                message.id(),
                message.deliveryId(),
                message.blob().value(),
                message.prefix(),
                message.size(),
                message.accountColumn(),
                message.senderDomain().map(Object::toString).orElse(null),
                Sql.storable(message.reversePath().toString()),
                options.smtpUtf8(),
                options.body().name(),
                options.returned().map(Enum::name).orElse(null),
                options.envelopeId().map(Sql::storable).orElse(null),
                options.requireTls(),
                options.priority(),
                options.releaseAt().orElse(null),
                options.deliverBy().map(DeliverBy::deadline).orElse(null),
                options.deliverBy().map(by -> by.mode().name()).orElse(null),
                options.deliverBy().map(DeliverBy::trace).orElse(false),
                Sql.storable(message.messageId()),
                Sql.storable(message.subject()),
                message.needsEight(),
                message.needsUtf8(),
                message.created(),
                message.recipients(),
                entries.size(),
                message.id(),
                message.accountColumn(),
                -options.priority(),
                Columns.numbers(entries, row -> row.entry().id()),
                Columns.texts(entries, row -> row.entry().destination()),
                Columns.texts(entries, row -> row.entry().path().address().toString()),
                Columns.numbers(entries, row -> NotifyBits.of(row.entry().path().notice())),
                Columns.texts(
                        entries,
                        row -> row.entry()
                                .path()
                                .original()
                                .map(OriginalRecipient::type)
                                .orElse(null)),
                Columns.texts(
                        entries,
                        row -> row.entry()
                                .path()
                                .original()
                                .map(OriginalRecipient::address)
                                .orElse(null)),
                Columns.texts(
                        entries,
                        row -> row.node().isPresent() ? Long.toString(row.node().getAsLong()) : null),
                Columns.moments(entries, row -> row.entry().nextAttemptAt()),
                Columns.moments(entries, row -> row.entry().expiresAt()),
                Columns.moments(entries, row -> row.entry().noticeAt().orElse(null)));
    }
}
