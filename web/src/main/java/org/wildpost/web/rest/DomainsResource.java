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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wildpost.ejb.admin.DomainAdministration;
import org.wildpost.ejb.admin.DomainView;
import org.wildpost.ejb.admin.Page;

/** Domains: {@code /domains} and {@code /domains/{name}}. */
@Path("/domains")
@ApplicationScoped
public class DomainsResource {
    @Inject
    DomainAdministration domains;

    /** Domains whose name contains the query. */
    @GET
    public Response list(
            @QueryParam("query") @DefaultValue("") String query,
            @QueryParam("page") @Nullable String page,
            @QueryParam("paging") @Nullable String paging) {
        int number = Answers.number("page", page, 1);
        int size = Answers.number("paging", paging, Page.DEFAULT_SIZE);
        return Answers.page(domains.list(query, number, size), DomainsResource::json);
    }

    /** Makes a domain. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@Context UriInfo uri, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, Set.of("name"));
        String name = json.text("name").orElse("");
        json.check();
        DomainView view = Answers.done(domains.create(name));
        return Answers.created(uri, view.name().ascii(), json(view));
    }

    /** One domain. */
    @GET
    @Path("/{name}")
    public Response find(@PathParam("name") String name) {
        return Answers.ok(json(domains.find(name).orElseThrow(Answers::notFound)));
    }

    /** Disables or enables a domain. */
    @PATCH
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(@PathParam("name") String name, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, Set.of("disabled"));
        Optional<Boolean> disabled = json.truth("disabled");
        json.check();
        return disabled.isEmpty() ? find(name) : Answers.ok(json(Answers.done(domains.change(name, disabled.get()))));
    }

    /**
     * Deletes a domain.
     *
     * @param cascade {@code true}: with all its accounts and their mail; otherwise it must have none
     */
    @DELETE
    @Path("/{name}")
    public Response delete(
            @PathParam("name") String name, @QueryParam("cascade") @DefaultValue("false") String cascade) {
        if (!cascade.equals("true") && !cascade.equals("false")) {
            throw new ProblemException(Problem.field(400, "cascade", "'cascade' must be true or false"));
        }
        Answers.done(domains.delete(name, cascade.equals("true")));
        return Response.noContent().build();
    }

    private static JsonObject json(DomainView view) {
        return Json.createObjectBuilder()
                .add("name", view.name().ascii())
                .add("disabled", view.disabled())
                .add("boxes", view.accounts())
                .add("created", view.createdAt().toString())
                .add("updated", view.updatedAt().toString())
                .build();
    }
}
