// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.MimeCodec;
import org.wildpost.core.summary.MessageSummary;
import org.wildpost.core.summary.SummaryRow;
import org.wildpost.persistence.message.StoredSummary;
import org.wildpost.persistence.message.SummaryChanges;

/**
 * The messages of a mailbox at one modification sequence, ascending by UID. Immutable but for what is worked out from them.
 *
 * @param rowWeight memory of the rows in octets, near enough
 * @param orders    worked out from all rows; shared with later states that differ in flags only
 */
record MailboxRows(long modSeq, List<SummaryRow> rows, long rowWeight, MailboxOrders orders) {
    static final MailboxRows NOTHING = new MailboxRows(0, List.of(), 0, new MailboxOrders());

    /** What a row takes beside its summary. */
    private static final int ROW_WEIGHT = 48;

    MailboxRows {
        rows = Collections.unmodifiableList(rows);
    }

    private static MailboxRows of(long modSeq, List<SummaryRow> rows, MailboxOrders orders) {
        long weight = 0;
        for (SummaryRow row : rows) {
            weight += ROW_WEIGHT + row.summary().weight();
        }
        return new MailboxRows(modSeq, rows, weight, orders);
    }

    /** Memory in octets, near enough. */
    long weight() {
        return rowWeight + orders.weight();
    }

    /** Whether nothing was read yet: no mailbox is without a modification sequence. */
    boolean isUnread() {
        return modSeq == 0;
    }

    /** Of messages with a greater UID the envelope must be read. */
    long lastUid() {
        return rows.isEmpty() ? 0 : rows.getLast().uid();
    }

    /** The rows after changes; empty when these do not fit, and everything must be read anew. */
    Optional<MailboxRows> after(SummaryChanges changes) {
        if (changes.highestModSeq() == modSeq) {
            return Optional.of(this);
        }
        Set<Long> gone = Arrays.stream(changes.expunged()).boxed().collect(Collectors.toCollection(HashSet::new));
        Map<Long, StoredSummary> changed = HashMap.newHashMap(changes.changed().size());
        List<StoredSummary> added = new ArrayList<>();
        for (StoredSummary one : changes.changed()) {
            if (one.uid() > lastUid()) {
                added.add(one);
            } else {
                changed.put(one.uid(), one);
            }
        }
        List<SummaryRow> next = new ArrayList<>(rows.size() + added.size());
        for (SummaryRow row : rows) {
            StoredSummary now = changed.remove(row.uid());
            if (now != null) {
                next.add(new SummaryRow(row.uid(), now.flags(), now.modSeq(), row.summary()));
            } else if (!gone.contains(row.uid())) {
                next.add(row);
            }
        }
        added.sort(Comparator.comparingLong(StoredSummary::uid));
        added.forEach(one -> next.add(row(one)));
        boolean fits = changed.isEmpty() && next.size() == changes.messages();
        // None came, and as many are there as before: these are the same.
        boolean same = added.isEmpty() && next.size() == rows.size();
        return fits
                ? Optional.of(of(changes.highestModSeq(), next, same ? orders : new MailboxOrders()))
                : Optional.empty();
    }

    /** All rows of a mailbox, read from the beginning. */
    static MailboxRows all(SummaryChanges changes) {
        List<StoredSummary> stored = new ArrayList<>(changes.changed());
        stored.sort(Comparator.comparingLong(StoredSummary::uid));
        List<SummaryRow> rows = new ArrayList<>(stored.size());
        stored.forEach(one -> rows.add(row(one)));
        return of(changes.highestModSeq(), rows, new MailboxOrders());
    }

    /** The same with summaries that know more, by UID. */
    MailboxRows knowing(Map<Long, MessageSummary> summaries) {
        List<SummaryRow> next = new ArrayList<>(rows.size());
        for (SummaryRow row : rows) {
            MessageSummary better = summaries.get(row.uid());
            next.add(better == null ? row : new SummaryRow(row.uid(), row.flags(), row.modSeq(), better));
        }
        return of(modSeq, next, new MailboxOrders());
    }

    /** A row that was read with its envelope. */
    static SummaryRow row(StoredSummary stored) {
        byte[] octets = stored.envelope();
        if (octets == null) {
            throw new IllegalArgumentException("read without its envelope");
        }
        Envelope envelope = MimeCodec.decodeEnvelope(octets);
        return new SummaryRow(
                stored.uid(),
                stored.flags(),
                stored.modSeq(),
                MessageSummary.of(
                        envelope,
                        MimeCodec.knowsReferences(octets),
                        Instant.ofEpochSecond(stored.arrived()),
                        stored.size()));
    }
}
