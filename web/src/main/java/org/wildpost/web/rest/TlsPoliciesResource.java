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
import org.wildpost.ejb.route.TlsPolicyAdministration;
import org.wildpost.ejb.route.TlsPolicyView;

/** What TLS must be on the way to domains: {@code /tls-policies} and {@code /tls-policies/{domain}}. */
@Path("/tls-policies")
@ApplicationScoped
public class TlsPoliciesResource {
    @Inject
    TlsPolicyAdministration policies;

    /** Policies whose domain contains the query. */
    @GET
    public Response list(
            @QueryParam("query") @DefaultValue("") String query,
            @QueryParam("page") @Nullable String page,
            @QueryParam("paging") @Nullable String paging) {
        int number = Answers.number("page", page, 1);
        int size = Answers.number("paging", paging, Page.DEFAULT_SIZE);
        return Answers.page(policies.list(query, number, size), TlsPoliciesResource::json);
    }

    /** Makes a policy. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@Context UriInfo uri, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, Set.of("domain", "level", "names"));
        String domain = json.text("domain").orElse("");
        TlsPolicyView view = Answers.done(policies.create(domain, change(json)));
        return Answers.created(uri, view.domain(), json(view));
    }

    /** One policy. */
    @GET
    @Path("/{domain}")
    public Response find(@PathParam("domain") String domain) {
        return Answers.ok(json(policies.find(domain).orElseThrow(Answers::notFound)));
    }

    /** Changes what is demanded. */
    @PATCH
    @Path("/{domain}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response change(@PathParam("domain") String domain, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, Set.of("level", "names"));
        return Answers.ok(json(Answers.done(policies.change(domain, change(json)))));
    }

    /** Leaves the domain to what it publishes itself. */
    @DELETE
    @Path("/{domain}")
    public Response delete(@PathParam("domain") String domain) {
        Answers.done(policies.delete(domain));
        return Response.noContent().build();
    }

    private static TlsPolicyAdministration.Change change(JsonBody json) {
        TlsPolicyAdministration.Change change =
                new TlsPolicyAdministration.Change(json.text("level"), json.texts("names"));
        json.check();
        return change;
    }

    private static JsonObject json(TlsPolicyView view) {
        return Json.createObjectBuilder()
                .add("domain", view.domain())
                .add("level", view.level().text())
                .add(
                        "names",
                        Json.createArrayBuilder(
                                view.names().stream().map(DomainName::ascii).toList()))
                .add("created", view.createdAt().toString())
                .add("updated", view.updatedAt().toString())
                .build();
    }
}
