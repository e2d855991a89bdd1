// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.ejb.queue.DeliveryHistory;

/** What became of messages for other servers: {@code /emails} and {@code /emails/{id}/status}. */
@Path("/emails")
@ApplicationScoped
public class EmailsResource {
    @Inject
    DeliveryHistory history;

    /**
     * Deliveries, the newest first, one for each recipient. {@code next} of the answer is the {@code after} of the next page; it is missing on the
     * last one.
     *
     * @param address   of the sender or the recipient
     * @param domain    of the sender or the recipient
     * @param messageId the Message-ID field, with its angle brackets
     * @param from      taken at this moment or later (RFC 3339 form)
     * @param to        taken before this moment
     * @param paging    results of a page
     * @param after     where the page begins
     */
    @GET
    public Response search(
            @QueryParam("address") @Nullable String address,
            @QueryParam("domain") @Nullable String domain,
            @QueryParam("messageId") @Nullable String messageId,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("paging") @Nullable String paging,
            @QueryParam("after") @Nullable String after) {
        DeliveryHistory.Search search = new DeliveryHistory.Search(
                some(address),
                some(domain).map(text -> QueueQuery.domain("domain", text)),
                some(messageId),
                some(from).map(text -> QueueQuery.moment("from", text)),
                some(to).map(text -> QueueQuery.moment("to", text)),
                some(after).map(EmailsResource::place));
        int size = Answers.number("paging", paging, DeliveryHistory.DEFAULT_SIZE);
        DeliveryHistory.Slice slice = history.search(search, size);
        JsonArrayBuilder results = Json.createArrayBuilder();
        slice.deliveries().forEach(delivery -> results.add(QueueJson.delivery(delivery)));
        JsonObjectBuilder json = Json.createObjectBuilder().add("results", results);
        slice.next().ifPresent(place -> json.add("next", place.created() + "_" + place.entry()));
        return Answers.ok(json.build());
    }

    /**
     * All recipients of a delivery with every try.
     *
     * @param id what the client was told when the message was taken, also the id in Received
     */
    @GET
    @Path("/{id}/status")
    public Response status(@PathParam("id") String id) {
        List<DeliveryHistory.Detailed> recipients = history.status(id);
        if (recipients.isEmpty()) {
            throw new ProblemException(Problem.of(404, "nothing is known of a message with that id"));
        }
        DeliveryHistory.Delivery first = recipients.getFirst().delivery();
        JsonArrayBuilder results = Json.createArrayBuilder();
        recipients.forEach(one -> results.add(QueueJson.detailed(one)));
        return Answers.ok(Json.createObjectBuilder()
                .add("id", id)
                .add("sender", first.sender())
                .add("message_id", first.messageId())
                .add("subject", first.subject())
                .add("created", first.created().toString())
                .add("recipients", results)
                .build());
    }

    private static Optional<String> some(@Nullable String text) {
        return QueueQuery.some(Optional.ofNullable(text));
    }

    private static DeliveryHistory.Place place(String text) {
        int bar = text.indexOf('_');
        if (bar < 0) {
            throw QueueQuery.wrong("after", "'after' must be the 'next' of the page before");
        }
        return new DeliveryHistory.Place(
                QueueQuery.moment("after", text.substring(0, bar)), QueueQuery.id("after", text.substring(bar + 1)));
    }
}
