// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.ejb.admin.Page;
import org.wildpost.ejb.route.OriginAdministration;
import org.wildpost.ejb.route.OriginView;

/** As whom this server calls with mail of a domain: {@code /origins} and {@code /origins/{id}}. */
@Path("/origins")
@ApplicationScoped
public class OriginsResource {
    @Inject
    OriginAdministration origins;

    /** Origins whose domain contains the query. */
    @GET
    public Response list(
            @QueryParam("query") @DefaultValue("") String query,
            @QueryParam("page") @Nullable String page,
            @QueryParam("paging") @Nullable String paging) {
        int number = Answers.number("page", page, 1);
        int size = Answers.number("paging", paging, Page.DEFAULT_SIZE);
        return Answers.page(origins.list(query, number, size), OriginsResource::json);
    }

    /** Makes an origin. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@Context UriInfo uri, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, Set.of("senderDomain", "helo", "source", "source6"));
        String sender = json.text("senderDomain").orElse("");
        OriginView view = Answers.done(origins.create(sender, change(json)));
        return Answers.created(uri, Long.toString(view.id()), json(view));
    }

    /** One origin. */
    @GET
    @Path("/{id}")
    public Response find(@PathParam("id") String id) {
        return Answers.ok(json(origins.find(Answers.id(id)).orElseThrow(Answers::notFound)));
    }

    /** Changes the fields that the body has; an empty text takes away. */
    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response change(@PathParam("id") String id, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, Set.of("helo", "source", "source6"));
        return Answers.ok(json(Answers.done(origins.change(Answers.id(id), change(json)))));
    }

    /** Deletes an origin. */
    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id) {
        Answers.done(origins.delete(Answers.id(id)));
        return Response.noContent().build();
    }

    private static OriginAdministration.Change change(JsonBody json) {
        OriginAdministration.Change change =
                new OriginAdministration.Change(json.text("helo"), json.text("source"), json.text("source6"));
        json.check();
        return change;
    }

    private static JsonObject json(OriginView view) {
        return Json.createObjectBuilder()
                .add("id", view.id())
                .add("sender_domain", view.senderDomain().map(DomainName::ascii).orElse(""))
                .add("helo", view.helo().map(DomainName::ascii).orElse(""))
                .add("source", view.source().map(InetAddress::getHostAddress).orElse(""))
                .add("source6", view.source6().map(InetAddress::getHostAddress).orElse(""))
                .add("created", view.createdAt().toString())
                .add("updated", view.updatedAt().toString())
                .build();
    }
}
