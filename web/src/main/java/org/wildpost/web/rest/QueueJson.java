// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import org.wildpost.core.id.AccountId;
import org.wildpost.ejb.queue.DeliveryHistory;
import org.wildpost.ejb.queue.QueueItem;

/** How entries, deliveries and their tries look on the wire; what is not known is left out. */
final class QueueJson {
    private QueueJson() {}

    static JsonObject item(QueueItem item) {
        return builder(item).build();
    }

    static JsonObject item(QueueItem item, List<DeliveryHistory.Try> tries) {
        return builder(item).add("attempt_list", tries(tries)).build();
    }

    private static JsonObjectBuilder builder(QueueItem item) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", item.id())
                .add("email_id", item.deliveryId())
                .add("state", item.state().name().toLowerCase(Locale.ROOT))
                .add("sender", item.sender())
                .add("recipient", item.recipient().address().toString())
                .add("destination", item.destination())
                .add("priority", item.priority())
                .add("attempts", item.attempts())
                .add("created", item.created().toString())
                .add("next_attempt", item.nextAttempt().toString())
                .add("expires", item.expires().toString())
                .add("message_id", item.messageId())
                .add("subject", item.subject())
                .add("size", item.size())
                .add("status", item.lastStatus())
                .add("reply", item.lastReply());
        item.account().map(AccountId::value).ifPresent(account -> json.add("account", account));
        item.reroute().ifPresent(hop -> json.add("hop", hop));
        return json;
    }

    static JsonObject delivery(DeliveryHistory.Delivery delivery) {
        return builder(delivery).build();
    }

    static JsonObject detailed(DeliveryHistory.Detailed detailed) {
        return builder(detailed.delivery())
                .add("attempt_list", tries(detailed.tries()))
                .build();
    }

    private static JsonObjectBuilder builder(DeliveryHistory.Delivery delivery) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", delivery.id())
                .add("entry", delivery.entry())
                .add("state", delivery.state())
                .add("sender", delivery.sender())
                .add("recipient", delivery.recipient())
                .add("message_id", delivery.messageId())
                .add("subject", delivery.subject())
                .add("size", delivery.size())
                .add("created", delivery.created().toString())
                .add("attempts", delivery.attempts())
                .add("status", delivery.status())
                .add("reply", delivery.reply());
        delivery.ended().ifPresent(moment -> json.add("ended", moment.toString()));
        delivery.next().ifPresent(moment -> json.add("next_attempt", moment.toString()));
        return json;
    }

    private static JsonArrayBuilder tries(List<DeliveryHistory.Try> tries) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (DeliveryHistory.Try one : tries) {
            JsonObjectBuilder json = Json.createObjectBuilder()
                    .add("number", one.number())
                    .add("began", one.began().toString())
                    .add("took_ms", one.tookMillis())
                    .add("result", one.result())
                    .add("status", one.status())
                    .add("reply", one.reply())
                    .add("policy", one.policy());
            one.host().ifPresent(host -> json.add("host", host));
            one.address().ifPresent(address -> json.add("address", address));
            one.tls()
                    .ifPresent(tls -> json.add("tls_protocol", tls.protocol())
                            .add("tls_cipher", tls.cipher())
                            .add("tls_verified", tls.verified()));
            all.add(json);
        }
        return all;
    }
}
