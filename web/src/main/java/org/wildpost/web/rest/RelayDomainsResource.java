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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.ejb.admin.Page;
import org.wildpost.ejb.route.RelayDomainAdministration;
import org.wildpost.ejb.route.RelayDomainView;

/** Domains of others for which mail is taken and passed on: {@code /relay-domains} and {@code /relay-domains/{name}}. */
@Path("/relay-domains")
@ApplicationScoped
public class RelayDomainsResource {
    @Inject
    RelayDomainAdministration domains;

    /** Relay domains whose name contains the query. */
    @GET
    public Response list(
            @QueryParam("query") @DefaultValue("") String query,
            @QueryParam("page") @Nullable String page,
            @QueryParam("paging") @Nullable String paging) {
        int number = Answers.number("page", page, 1);
        int size = Answers.number("paging", paging, Page.DEFAULT_SIZE);
        return Answers.page(domains.list(query, number, size), RelayDomainsResource::json);
    }

    /** Takes mail for a domain. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@Context UriInfo uri, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, Set.of("name", "host", "port", "disabled"));
        String name = json.text("name").orElse("");
        RelayDomainView view = Answers.done(domains.create(name, change(json)));
        return Answers.created(uri, view.name().ascii(), json(view));
    }

    /** One relay domain. */
    @GET
    @Path("/{name}")
    public Response find(@PathParam("name") String name) {
        return Answers.ok(json(domains.find(name).orElseThrow(Answers::notFound)));
    }

    /** Changes where its mail goes. */
    @PATCH
    @Path("/{name}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response change(@PathParam("name") String name, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, Set.of("host", "port", "disabled"));
        return Answers.ok(json(Answers.done(domains.change(name, change(json)))));
    }

    /** Takes no more mail for it. */
    @DELETE
    @Path("/{name}")
    public Response delete(@PathParam("name") String name) {
        Answers.done(domains.delete(name));
        return Response.noContent().build();
    }

    private static RelayDomainAdministration.Change change(JsonBody json) {
        RelayDomainAdministration.Change change =
                new RelayDomainAdministration.Change(json.text("host"), json.number("port"), json.truth("disabled"));
        json.check();
        return change;
    }

    private static JsonObject json(RelayDomainView view) {
        return Json.createObjectBuilder()
                .add("name", view.name().ascii())
                .add("host", view.host().map(DomainName::ascii).orElse(""))
                .add("port", view.port())
                .add("disabled", view.disabled())
                .add("created", view.createdAt().toString())
                .add("updated", view.updatedAt().toString())
                .build();
    }
}
