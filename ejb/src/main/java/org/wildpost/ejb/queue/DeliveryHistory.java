// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.wildpost.ejb.outbound.Attempt;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.queue.AttemptRow;
import org.wildpost.persistence.queue.DeliveryRecord;
import org.wildpost.persistence.queue.DeliveryRecords;
import org.wildpost.persistence.queue.DeliverySearch;
import org.wildpost.persistence.queue.QueueReads;

/** What became of messages for other servers, recipient by recipient, whether they still wait or are done. Safe for all threads. */
@ApplicationScoped
public class DeliveryHistory {
    /** Deliveries of a page that asks for no size. */
    public static final int DEFAULT_SIZE = 50;

    /** The most deliveries that a page may ask for. */
    public static final int MAX_SIZE = 500;

    private static final Comparator<Delivery> NEWEST_FIRST = Comparator.comparing(Delivery::created)
            .thenComparingLong(Delivery::entry)
            .reversed();

    @Inject
    Database database;

    /**
     * One recipient.
     *
     * @param entry    its row
     * @param id       what the client was told
     * @param state    {@code waiting}, {@code held}, {@code carried}, or the outcome: {@code delivered}, {@code failed}, {@code expired},
     *                 {@code bounced}, {@code deleted}
     * @param ended    when it left the queue
     * @param status   the enhanced status of the last try, or ""
     * @param reply    the last words, or ""
     * @param next     when it is tried next, while it waits
     */
    public record Delivery(
            long entry,
            String id,
            String sender,
            String recipient,
            String messageId,
            String subject,
            long size,
            Instant created,
            Optional<Instant> ended,
            String state,
            String status,
            String reply,
            int attempts,
            Optional<Instant> next) {}

    /**
     * One try.
     *
     * @param number     from 1
     * @param tookMillis milliseconds
     * @param tls        what was negotiated
     * @param policy     which rule decided about TLS
     * @param result     {@code delivered}, {@code deferred} or {@code failed}
     */
    public record Try(
            int number,
            Instant began,
            long tookMillis,
            Optional<String> host,
            Optional<String> address,
            Optional<Attempt.Tls> tls,
            String policy,
            String result,
            String status,
            String reply) {
        static Try of(AttemptRow row) {
            return new Try(
                    row.number(),
                    row.began(),
                    row.tookMillis(),
                    Optional.ofNullable(row.host()),
                    Optional.ofNullable(row.address()),
                    tls(row),
                    row.policy(),
                    row.result(),
                    row.status(),
                    row.reply());
        }

        private static Optional<Attempt.Tls> tls(AttemptRow row) {
            return Optional.ofNullable(row.tlsProtocol())
                    .map(protocol -> new Attempt.Tls(
                            protocol,
                            Objects.requireNonNullElse(row.tlsCipher(), ""),
                            Objects.requireNonNullElse(row.tlsVerified(), "")));
        }
    }

    /**
     * Which deliveries are looked for; what is empty says nothing.
     *
     * @param address   of the sender or the recipient
     * @param domain    of the sender or the recipient
     * @param messageId the Message-ID field
     * @param from      taken at this moment or later
     * @param to        taken before this moment
     * @param before    where the page begins: the last delivery of the page before
     */
    public record Search(
            Optional<String> address,
            Optional<String> domain,
            Optional<String> messageId,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<Place> before) {}

    /** A place in the order of time. */
    public record Place(Instant created, long entry) {}

    /** A recipient with every try, in order. */
    public record Detailed(Delivery delivery, List<Try> tries) {
        public Detailed {
            tries = List.copyOf(tries);
        }
    }

    /**
     * One page, the newest first.
     *
     * @param next where the next page begins; empty: it was the last
     */
    public record Slice(List<Delivery> deliveries, Optional<Place> next) {
        public Slice {
            deliveries = List.copyOf(deliveries);
        }
    }

    /** All recipients of a delivery with every try; none when nothing is known of it. */
    public List<Detailed> status(String deliveryId) {
        return database.statement(connection -> {
            DeliveryRecords records = new DeliveryRecords(connection);
            List<Delivery> all = new ArrayList<>();
            new QueueReads(connection).ofDelivery(deliveryId).forEach(one -> all.add(of(one)));
            records.ofDelivery(deliveryId).forEach(one -> all.add(of(one)));
            Map<Long, List<Try>> tries = new HashMap<>();
            long[] entries = all.stream().mapToLong(Delivery::entry).toArray();
            records.attempts(entries)
                    .forEach(one -> tries.computeIfAbsent(one.entry(), _ -> new ArrayList<>())
                            .add(Try.of(one)));
            return all.stream()
                    .sorted(Comparator.comparingLong(Delivery::entry))
                    .map(one -> new Detailed(one, tries.getOrDefault(one.entry(), List.of())))
                    .toList();
        });
    }

    /** Looks for deliveries. */
    public Slice search(Search wanted, int size) {
        int limit = size < 1 ? DEFAULT_SIZE : Math.min(size, MAX_SIZE);
        DeliverySearch search = new DeliverySearch(
                wanted.address(),
                wanted.domain(),
                wanted.messageId(),
                wanted.from(),
                wanted.to(),
                wanted.before().map(place -> new DeliverySearch.Place(place.created(), place.entry())));
        List<Delivery> found = database.statement(connection -> {
            DeliveryRecords records = new DeliveryRecords(connection);
            List<Delivery> all = new ArrayList<>();
            records.waiting(search, limit + 1).forEach(one -> all.add(of(one)));
            records.search(search, limit + 1).forEach(one -> all.add(of(one)));
            return all.stream().sorted(NEWEST_FIRST).limit(limit + 1L).toList();
        });
        if (found.size() <= limit) {
            return new Slice(found, Optional.empty());
        }
        Delivery last = found.get(limit - 1);
        return new Slice(found.subList(0, limit), Optional.of(new Place(last.created(), last.entry())));
    }

    /** Every try of an entry. */
    public List<Try> tries(long entry) {
        return database.statement(connection -> new DeliveryRecords(connection).attempts(new long[] {entry})).stream()
                .map(Try::of)
                .toList();
    }

    private static Delivery of(QueueReads.Listed one) {
        return new Delivery(
                one.entry().id(),
                one.message().deliveryId(),
                one.message().reversePath().toString(),
                one.entry().path().address().toString(),
                one.message().messageId(),
                one.message().subject(),
                one.message().size(),
                one.message().created(),
                Optional.empty(),
                one.state().name().toLowerCase(Locale.ROOT),
                one.entry().lastStatus(),
                one.entry().lastText(),
                one.entry().attempts(),
                Optional.of(one.entry().nextAttemptAt()));
    }

    private static Delivery of(DeliveryRecord one) {
        return new Delivery(
                one.id(),
                one.deliveryId(),
                one.sender(),
                one.recipient(),
                one.messageId(),
                one.subject(),
                one.size(),
                one.created(),
                Optional.of(one.ended()),
                one.outcome().name().toLowerCase(Locale.ROOT),
                one.status(),
                one.reply(),
                one.attempts(),
                Optional.empty());
    }
}
