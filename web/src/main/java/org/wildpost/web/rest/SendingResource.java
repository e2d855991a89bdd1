// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.wildpost.ejb.submission.SendingAdministration;
import org.wildpost.ejb.submission.SendingChange;
import org.wildpost.ejb.submission.SendingLimit;
import org.wildpost.ejb.submission.SendingView;

/**
 * How much may be sent, was sent, and whether at all: {@code /sending} of the server, {@code /sending/domains/{name}},
 * {@code /sending/boxes/{email}}. A limit of 0 is none; -1 takes it back to the default.
 */
@Path("/sending")
@ApplicationScoped
public class SendingResource {
    private static final long DEFAULT = -1;

    @Inject
    SendingAdministration sending;

    /** The server's. */
    @GET
    public Response server() {
        return Answers.ok(json(sending.server()));
    }

    /** Changes the server's limits. */
    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response changeServer(InputStream body) throws IOException {
        return Answers.ok(json(Answers.done(sending.changeServer(change(body, Set.of())))));
    }

    /** A domain's. */
    @GET
    @Path("/domains/{name}")
    public Response domain(@PathParam("name") String name) {
        return Answers.ok(json(sending.domain(name).orElseThrow(Answers::notFound)));
    }

    /** Changes a domain's limits. */
    @PATCH
    @Path("/domains/{name}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response changeDomain(@PathParam("name") String name, InputStream body) throws IOException {
        return Answers.ok(json(Answers.done(sending.changeDomain(name, change(body, Set.of())))));
    }

    /** An account's. */
    @GET
    @Path("/boxes/{email}")
    public Response box(@PathParam("email") String email) {
        return Answers.ok(json(sending.account(email).orElseThrow(Answers::notFound)));
    }

    /** Changes an account's limits, its {@code strictFrom}, or freezes and unfreezes it. */
    @PATCH
    @Path("/boxes/{email}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response changeBox(@PathParam("email") String email, InputStream body) throws IOException {
        return Answers.ok(json(
                Answers.done(sending.changeAccount(email, change(body, Set.of("strictFrom", "frozen"))))));
    }

    private static SendingChange change(InputStream body, Set<String> ofAccounts) throws IOException {
        Set<String> known = new TreeSet<>(ofAccounts);
        for (SendingLimit limit : SendingLimit.values()) {
            known.add(limit.key());
        }
        JsonBody json = JsonBody.read(body, known);
        Map<SendingLimit, OptionalLong> ceilings = new EnumMap<>(SendingLimit.class);
        for (SendingLimit limit : SendingLimit.values()) {
            json.number(limit.key())
                    .ifPresent(number ->
                            ceilings.put(limit, number == DEFAULT ? OptionalLong.empty() : OptionalLong.of(number)));
        }
        Optional<Boolean> strictFrom = json.truth("strictFrom");
        Optional<Boolean> frozen = json.truth("frozen");
        json.check();
        return new SendingChange(strictFrom, frozen, ceilings);
    }

    private static JsonObject json(SendingView view) {
        JsonObjectBuilder limits = Json.createObjectBuilder();
        JsonObjectBuilder used = Json.createObjectBuilder();
        for (SendingLimit limit : SendingLimit.values()) {
            limits.add(limit.key(), view.ceilings().getOrDefault(limit, 0L));
            used.add(limit.key(), view.used().getOrDefault(limit, 0L));
        }
        JsonObjectBuilder json = Json.createObjectBuilder();
        view.policy().ifPresent(policy -> {
            json.add("strict_from", policy.strictFrom());
            json.add("frozen", policy.frozen().isPresent());
            policy.frozen().ifPresent(reason -> json.add("frozen_reason", reason));
        });
        return json.add("limits", limits).add("used", used).build();
    }
}
