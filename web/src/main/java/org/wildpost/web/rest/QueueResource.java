// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wildpost.ejb.admin.Page;
import org.wildpost.ejb.queue.DeliveryHistory;
import org.wildpost.ejb.queue.QueueAction;
import org.wildpost.ejb.queue.QueueAdministration;
import org.wildpost.ejb.queue.QueueFilter;
import org.wildpost.ejb.queue.QueueItem;

/** Mail that waits to leave: {@code /queue}, {@code /queue/{id}} and {@code /queue/actions}. */
@Path("/queue")
@ApplicationScoped
public class QueueResource {
    /** Octets of a header that is shown. */
    static final int MAX_HEADER = 64 * 1024;

    /** Octets that are read at once. */
    private static final int PIECE = 256 * 1024;

    private static final Set<String> ACTION_FIELDS = Set.of(
            "action",
            "ids",
            "all",
            "destination",
            "sender",
            "recipient",
            "state",
            "createdBefore",
            "createdAfter",
            "hop",
            "reason");

    @Inject
    QueueAdministration queue;

    @Inject
    DeliveryHistory history;

    /**
     * Entries, the newest first, in pages.
     *
     * @param destination   the recipient's domain, or host:port of a reroute
     * @param sender        the reverse-path; {@code <>} for the null one
     * @param recipient     the forward-path
     * @param state         {@code waiting}, {@code held} or {@code carried}
     * @param createdBefore older than this moment (RFC 3339 form)
     * @param createdAfter  younger than this moment
     */
    @GET
    public Response list(
            @QueryParam("destination") @Nullable String destination,
            @QueryParam("sender") @Nullable String sender,
            @QueryParam("recipient") @Nullable String recipient,
            @QueryParam("state") @Nullable String state,
            @QueryParam("createdBefore") @Nullable String createdBefore,
            @QueryParam("createdAfter") @Nullable String createdAfter,
            @QueryParam("page") @Nullable String page,
            @QueryParam("paging") @Nullable String paging) {
        QueueFilter filter = QueueQuery.filter(
                Optional.empty(),
                Optional.ofNullable(destination),
                Optional.ofNullable(sender),
                Optional.ofNullable(recipient),
                Optional.ofNullable(state),
                Optional.ofNullable(createdBefore),
                Optional.ofNullable(createdAfter));
        int number = Answers.number("page", page, 1);
        int size = Answers.number("paging", paging, Page.DEFAULT_SIZE);
        return Answers.page(queue.list(filter, number, size), QueueJson::item);
    }

    /** One entry with all its tries. */
    @GET
    @Path("/{id}")
    public Response find(@PathParam("id") String id) {
        return Answers.ok(QueueJson.item(known(id), history.tries(QueueQuery.id("id", id))));
    }

    /** The header of an entry's message, as it leaves. */
    @GET
    @Path("/{id}/header")
    public Response header(@PathParam("id") String id) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        copy(QueueQuery.id("id", id), Math.min(known(id).size(), MAX_HEADER), octets);
        String text = octets.toString(StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        return Response.ok(end < 0 ? text : text.substring(0, end + 2), "text/plain; charset=utf-8")
                .build();
    }

    /** The octets of an entry's message, as it leaves. */
    @GET
    @Path("/{id}/message")
    public Response message(@PathParam("id") String id) {
        long entry = QueueQuery.id("id", id);
        QueueItem item = known(id);
        StreamingOutput octets = out -> copy(entry, item.size(), out);
        return Response.ok(octets, "message/rfc822").build();
    }

    private void copy(long entry, long size, OutputStream out) throws IOException {
        long offset = 0;
        while (offset < size) {
            int length = (int) Math.min(size - offset, PIECE);
            byte[] piece = queue.octets(entry, offset, length).orElseThrow(() -> new IOException("it left meanwhile"));
            if (piece.length == 0) {
                throw new IOException("it has fewer octets than it must");
            }
            out.write(piece);
            offset += piece.length;
        }
    }

    /**
     * Changes an entry: {@code held} stops it or lets it go on, {@code hop} is the host and port to send it to at once, "" for the ordinary way.
     * A conflict when it is just being carried, but for {@code held}, which then holds from its return on.
     */
    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response change(@PathParam("id") String id, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, Set.of("held", "hop"));
        Optional<Boolean> held = json.truth("held");
        Optional<String> hop = json.text("hop");
        json.check();
        known(id);
        hop.ifPresent(text -> one(id, reroute(text)));
        held.ifPresent(yes -> queue.act(yes ? new QueueAction.Hold() : new QueueAction.Release(), only(id)));
        return find(id);
    }

    /** Tries an entry at once, whatever the rest of its destination. */
    @POST
    @Path("/{id}/retry")
    public Response retry(@PathParam("id") String id) {
        one(id, new QueueAction.Retry());
        return Response.noContent().build();
    }

    /** Sends an entry back to its sender; {@code reason} is what the sender is told. */
    @POST
    @Path("/{id}/bounce")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response bounce(@PathParam("id") String id, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, Set.of("reason"));
        Optional<String> reason = json.text("reason");
        json.check();
        one(id, new QueueAction.Bounce(reason(reason)));
        return Response.noContent().build();
    }

    /** Deletes an entry; nobody is told. */
    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id) {
        one(id, new QueueAction.Delete());
        return Response.noContent().build();
    }

    /**
     * Does something with many entries: {@code action} is hold, release, retry, reroute (with {@code hop}), bounce (with {@code reason}) or delete;
     * which ones is said by {@code ids}, or by the fields of the list's query, or by {@code all}. Answers with how many it was done to, and how
     * many are just being carried and were left alone.
     */
    @POST
    @Path("/actions")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response act(InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, ACTION_FIELDS);
        String name = json.text("action").orElse("");
        boolean all = json.truth("all").orElse(false);
        Optional<String> hop = json.text("hop");
        Optional<String> reason = json.text("reason");
        Optional<List<String>> ids = json.texts("ids");
        Optional<String> destination = json.text("destination");
        Optional<String> sender = json.text("sender");
        Optional<String> recipient = json.text("recipient");
        Optional<String> state = json.text("state");
        Optional<String> createdBefore = json.text("createdBefore");
        Optional<String> createdAfter = json.text("createdAfter");
        json.check();
        QueueAction action = action(name, hop, reason);
        QueueFilter filter = QueueQuery.filter(ids, destination, sender, recipient, state, createdBefore, createdAfter);
        if (filter.equals(QueueFilter.ALL) != all) {
            throw QueueQuery.wrong("all", "say which entries are meant, or 'all' and nothing else");
        }
        QueueAction.Result result = queue.act(action, filter);
        return Answers.ok(Json.createObjectBuilder()
                .add("done", result.done())
                .add("busy", result.busy())
                .build());
    }

    private static QueueAction action(String name, Optional<String> hop, Optional<String> reason) {
        return switch (name) {
            case "hold" -> new QueueAction.Hold();
            case "release" -> new QueueAction.Release();
            case "retry" -> new QueueAction.Retry();
            case "reroute" ->
                reroute(hop.orElseThrow(() -> QueueQuery.wrong("hop", "'hop' is needed; \"\" is the ordinary way")));
            case "bounce" -> new QueueAction.Bounce(reason(reason));
            case "delete" -> new QueueAction.Delete();
            default ->
                throw QueueQuery.wrong("action", "'action' must be hold, release, retry, reroute, bounce or delete");
        };
    }

    private static QueueAction.Reroute reroute(String hop) {
        return new QueueAction.Reroute(QueueQuery.some(Optional.of(hop)).map(QueueQuery::hop));
    }

    private static String reason(Optional<String> reason) {
        String text = QueueQuery.some(reason).orElse("an administrator sent the message back");
        if (text.length() > 500 || text.chars().anyMatch(Character::isISOControl)) {
            throw QueueQuery.wrong("reason", "'reason' must be one line of at most 500 characters");
        }
        return text;
    }

    private void one(String id, QueueAction action) {
        known(id);
        QueueAction.Result result = queue.act(action, only(id));
        if (result.done() == 0) {
            throw new ProblemException(Problem.field(409, "id", "the entry is just being carried"));
        }
    }

    private static QueueFilter only(String id) {
        return QueueFilter.of(QueueQuery.id("id", id));
    }

    private QueueItem known(String id) {
        return queue.find(QueueQuery.id("id", id)).orElseThrow(QueueResource::notFound);
    }

    private static ProblemException notFound() {
        return new ProblemException(Problem.of(404, "there is no such entry in the queue"));
    }
}
