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
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wildpost.ejb.admin.AliasAdministration;
import org.wildpost.ejb.admin.AliasChange;
import org.wildpost.ejb.admin.AliasDraft;
import org.wildpost.ejb.admin.AliasView;
import org.wildpost.ejb.admin.Page;

/** Aliases: {@code /aliases} and {@code /aliases/{email}}. */
@Path("/aliases")
@ApplicationScoped
public class AliasesResource {
    private static final Set<String> CHANGEABLE = Set.of("targets", "internalOnly", "disabled");
    private static final Set<String> FIELDS = Set.of("email", "targets", "internalOnly", "disabled");

    @Inject
    AliasAdministration aliases;

    /** Aliases whose address or a target contains the query. */
    @GET
    public Response list(
            @QueryParam("query") @DefaultValue("") String query,
            @QueryParam("page") @Nullable String page,
            @QueryParam("paging") @Nullable String paging) {
        int number = Answers.number("page", page, 1);
        int size = Answers.number("paging", paging, Page.DEFAULT_SIZE);
        return Answers.page(aliases.list(query, number, size), AliasesResource::json);
    }

    /** Makes an alias. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@Context UriInfo uri, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, FIELDS);
        AliasDraft draft = new AliasDraft(
                json.text("email").orElse(""),
                json.texts("targets").orElse(List.of()),
                json.truth("internalOnly").orElse(false),
                json.truth("disabled").orElse(false));
        json.check();
        AliasView view = Answers.done(aliases.create(draft));
        return Answers.created(uri, view.email().toString(), json(view));
    }

    /** One alias. */
    @GET
    @Path("/{email}")
    public Response find(@PathParam("email") String email) {
        return aliases.find(email).map(view -> Answers.ok(json(view))).orElseThrow(Answers::notFound);
    }

    /** Changes the fields that the body has. */
    @PATCH
    @Path("/{email}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response change(@PathParam("email") String email, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, CHANGEABLE);
        AliasChange change = new AliasChange(json.texts("targets"), json.truth("internalOnly"), json.truth("disabled"));
        json.check();
        return Answers.ok(json(Answers.done(aliases.change(email, change))));
    }

    /** Deletes an alias. */
    @DELETE
    @Path("/{email}")
    public Response delete(@PathParam("email") String email) {
        Answers.done(aliases.delete(email));
        return Response.noContent().build();
    }

    private static JsonObject json(AliasView view) {
        return Json.createObjectBuilder()
                .add("address", view.email().toString())
                .add("user", view.email().localPart())
                .add("domain", view.email().domain().ascii())
                .add("targets", Answers.texts(view.targets()))
                .add("internal_only", view.internalOnly())
                .add("disabled", view.disabled())
                .add("created", view.createdAt().toString())
                .add("updated", view.updatedAt().toString())
                .build();
    }
}
