// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.admin.Page;
import org.wildpost.ejb.admin.Refusal;
import org.wildpost.ejb.outbound.Attempt;
import org.wildpost.ejb.queue.DeliveryHistory;
import org.wildpost.ejb.queue.QueueAction;
import org.wildpost.ejb.queue.QueueAdministration;
import org.wildpost.ejb.queue.QueueFilter;
import org.wildpost.ejb.queue.QueueItem;
import org.wildpost.ejb.queue.ReportTemplates;

/** A queue with the entries 7 and 8, the second of which is just being carried. */
final class FakeQueue {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] MESSAGE = "Subject: 密\r\n\r\nbody\r\n".getBytes(StandardCharsets.UTF_8);

    final List<String> asked = new ArrayList<>();
    final Administration administration = new Administration();
    final History history = new History();
    final Templates templates = new Templates();

    private static QueueItem item(long id) {
        return new QueueItem(
                id,
                "d1",
                Optional.of(new AccountId(3)),
                "alice@demo.test",
                ForwardPath.of(EmailAddress.parse("bob@far.test")),
                "far.test",
                id == 7 ? QueueItem.State.WAITING : QueueItem.State.CARRIED,
                0,
                1,
                THEN,
                THEN,
                THEN,
                "<m@demo.test>",
                "密",
                MESSAGE.length,
                Optional.of("relay.test:25"),
                "4.2.2",
                "full");
    }

    static final class Templates extends ReportTemplates {
        @Override
        public List<Template> list() {
            return List.of(new Template("failure.subject", "en", "Not delivered", false));
        }

        @Override
        public Outcome<Template> change(String name, String language, String text) {
            if (!language.equals("zh")) {
                return new Outcome.NotFound<>();
            }
            return text.equals("bad")
                    ? Outcome.refused("text", Refusal.Reason.MALFORMED, "it is bad")
                    : new Outcome.Done<>(new Template(name, language, text, true));
        }
    }

    final class Administration extends QueueAdministration {
        @Override
        public Page<QueueItem> list(QueueFilter filter, int page, int size) {
            asked.add("list " + filter + " " + page + " " + size);
            return new Page<>(List.of(item(7), item(8)), page, 1, 2);
        }

        @Override
        public Optional<QueueItem> find(long id) {
            return id == 7 || id == 8 ? Optional.of(item(id)) : Optional.empty();
        }

        @Override
        public Optional<byte[]> octets(long id, long offset, int length) {
            return find(id).map(_ -> Arrays.copyOfRange(
                    MESSAGE, (int) offset, (int) Math.min(MESSAGE.length, offset + Math.min(length, 7))));
        }

        @Override
        public QueueAction.Result act(QueueAction action, QueueFilter filter) {
            asked.add(action + " "
                    + filter.ids()
                            .map(Object::toString)
                            .orElse(filter.destination().toString()));
            boolean busy = filter.equals(QueueFilter.of(8));
            return new QueueAction.Result(busy ? 0 : 1, busy ? 1 : 0);
        }
    }

    final class History extends DeliveryHistory {
        @Override
        public List<Detailed> status(String deliveryId) {
            return deliveryId.equals("d1") ? List.of(new Detailed(delivery(), tries(7))) : List.of();
        }

        @Override
        public Slice search(Search search, int size) {
            asked.add("search " + search + " " + size);
            return new Slice(
                    List.of(delivery()),
                    search.before().isPresent() ? Optional.empty() : Optional.of(new Place(THEN.plusNanos(1_000), 55)));
        }

        @Override
        public List<Try> tries(long entry) {
            return List.of(new Try(
                    1,
                    THEN,
                    12,
                    Optional.of("mx.far.test"),
                    Optional.empty(),
                    Optional.of(new Attempt.Tls("TLSv1.3", "AES", "pkix")),
                    "sts:enforce",
                    "deferred",
                    "4.2.2",
                    "full"));
        }

        private Delivery delivery() {
            return new Delivery(
                    7,
                    "d1",
                    "alice@demo.test",
                    "bob@far.test",
                    "<m@demo.test>",
                    "密",
                    123,
                    THEN,
                    Optional.of(THEN),
                    "delivered",
                    "2.0.0",
                    "ok",
                    1,
                    Optional.empty());
        }
    }
}
