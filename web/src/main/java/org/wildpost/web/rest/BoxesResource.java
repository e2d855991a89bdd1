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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.admin.AccountAdministration;
import org.wildpost.ejb.admin.AccountChange;
import org.wildpost.ejb.admin.AccountDraft;
import org.wildpost.ejb.admin.AccountView;
import org.wildpost.ejb.admin.MailHandling;
import org.wildpost.ejb.admin.Page;

/** Accounts, which poste.io calls boxes: {@code /boxes} and {@code /boxes/{email}}. */
@Path("/boxes")
@ApplicationScoped
public class BoxesResource {
    private static final Set<String> CHANGEABLE = Set.of(
            "name",
            "passwordPlaintext",
            "disabled",
            "superAdmin",
            "redirectTo",
            "discard",
            "redirectOnly",
            "internalOnly",
            "copyToSent");
    private static final Set<String> FIELDS =
            Stream.concat(Stream.of("email"), CHANGEABLE.stream()).collect(Collectors.toUnmodifiableSet());

    @Inject
    AccountAdministration accounts;

    /** Accounts whose address or name contains the query. */
    @GET
    public Response list(
            @QueryParam("query") @DefaultValue("") String query,
            @QueryParam("page") @Nullable String page,
            @QueryParam("paging") @Nullable String paging) {
        int number = Answers.number("page", page, 1);
        int size = Answers.number("paging", paging, Page.DEFAULT_SIZE);
        return Answers.page(accounts.list(query, number, size), BoxesResource::json);
    }

    /** Makes an account. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@Context UriInfo uri, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, FIELDS);
        AccountDraft draft = new AccountDraft(
                json.text("email").orElse(""),
                json.text("name").orElse(""),
                new Secret(json.text("passwordPlaintext").orElse("")),
                json.truth("disabled").orElse(false),
                json.truth("superAdmin").orElse(false),
                json.texts("redirectTo").orElse(List.of()),
                handling(json).of(MailHandling.ORDINARY));
        json.check();
        AccountView view = Answers.done(accounts.create(draft));
        return Answers.created(uri, view.email().toString(), json(view));
    }

    /** One account. */
    @GET
    @Path("/{email}")
    public Response find(@PathParam("email") String email) {
        return accounts.find(email).map(view -> Answers.ok(json(view))).orElseThrow(Answers::notFound);
    }

    /** Changes the fields that the body has. */
    @PATCH
    @Path("/{email}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(@PathParam("email") String email, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, CHANGEABLE);
        Optional<Secret> password = json.text("passwordPlaintext").map(Secret::new);
        AccountChange change = new AccountChange(
                json.text("name"),
                password,
                json.truth("disabled"),
                json.truth("superAdmin"),
                json.texts("redirectTo"),
                handling(json));
        json.check();
        return Answers.ok(json(Answers.done(accounts.change(email, change))));
    }

    /** Deletes an account and all its mail. */
    @DELETE
    @Path("/{email}")
    public Response delete(@PathParam("email") String email) {
        Answers.done(accounts.delete(email));
        return Response.noContent().build();
    }

    private static MailHandling.Change handling(JsonBody json) {
        return new MailHandling.Change(
                json.truth("discard"),
                json.truth("redirectOnly"),
                json.truth("internalOnly"),
                json.truth("copyToSent"));
    }

    private static JsonObject json(AccountView view) {
        return Json.createObjectBuilder()
                .add("name", view.name())
                .add("address", view.email().toString())
                .add("user", view.email().localPart())
                .add("domain", view.email().domain().ascii())
                .add("disabled", view.disabled())
                .add("super_admin", view.superAdmin())
                .add("redirect_to", Answers.texts(view.redirectTo()))
                .add("discard", view.handling().discard())
                .add("redirect_only", view.handling().redirectOnly())
                .add("internal_only", view.handling().internalOnly())
                .add("copy_to_sent", view.handling().copyToSent())
                .add("created", view.createdAt().toString())
                .add("updated", view.updatedAt().toString())
                .build();
    }
}
