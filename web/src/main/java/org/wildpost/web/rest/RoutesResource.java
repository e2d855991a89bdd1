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
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.admin.Page;
import org.wildpost.ejb.route.RouteAdministration;
import org.wildpost.ejb.route.RouteChange;
import org.wildpost.ejb.route.RouteView;

/** Ways out that an operator set: {@code /routes} and {@code /routes/{id}}. Passwords and keys are taken and never told. */
@Path("/routes")
@ApplicationScoped
public class RoutesResource {
    private static final Set<String> FIELDS = Set.of(
            "senderDomain",
            "recipientDomain",
            "host",
            "port",
            "tls",
            "tlsNames",
            "implicitTls",
            "username",
            "passwordPlaintext",
            "allowClearText",
            "certificate",
            "privateKey",
            "disabled",
            "note");

    @Inject
    RouteAdministration routes;

    /** Routes one of whose domains or whose host contains the query. */
    @GET
    public Response list(
            @QueryParam("query") @DefaultValue("") String query,
            @QueryParam("page") @Nullable String page,
            @QueryParam("paging") @Nullable String paging) {
        int number = Answers.number("page", page, 1);
        int size = Answers.number("paging", paging, Page.DEFAULT_SIZE);
        return Answers.page(routes.list(query, number, size), RoutesResource::json);
    }

    /** Makes a route. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@Context UriInfo uri, InputStream body) throws IOException {
        RouteView view = Answers.done(routes.create(change(body)));
        return Answers.created(uri, Long.toString(view.id()), json(view));
    }

    /** One route. */
    @GET
    @Path("/{id}")
    public Response find(@PathParam("id") String id) {
        return Answers.ok(json(routes.find(Answers.id(id)).orElseThrow(Answers::notFound)));
    }

    /** Changes the fields that the body has; an empty text takes away. */
    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response change(@PathParam("id") String id, InputStream body) throws IOException {
        return Answers.ok(json(Answers.done(routes.change(Answers.id(id), change(body)))));
    }

    /** Deletes a route; mail that waits takes another one. */
    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id) {
        Answers.done(routes.delete(Answers.id(id)));
        return Response.noContent().build();
    }

    private static RouteChange change(InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, FIELDS);
        Optional<List<String>> names = json.texts("tlsNames");
        RouteChange change = new RouteChange(
                json.text("senderDomain"),
                json.text("recipientDomain"),
                json.text("host"),
                json.number("port"),
                json.text("tls"),
                names,
                json.truth("implicitTls"),
                json.text("username"),
                json.text("passwordPlaintext").map(Secret::new),
                json.truth("allowClearText"),
                json.text("certificate"),
                json.text("privateKey").map(Secret::new),
                json.truth("disabled"),
                json.text("note"));
        json.check();
        return change;
    }

    private static JsonObject json(RouteView view) {
        return Json.createObjectBuilder()
                .add("id", view.id())
                .add("sender_domain", text(view.senderDomain()))
                .add("recipient_domain", text(view.recipientDomain()))
                .add("host", text(view.host()))
                .add("port", view.port())
                .add("tls", view.tls().text())
                .add(
                        "tls_names",
                        Json.createArrayBuilder(
                                view.tlsNames().stream().map(DomainName::ascii).toList()))
                .add("implicit_tls", view.implicitTls())
                .add("username", view.username().orElse(""))
                .add("allow_clear_text", view.clearText())
                .add("certificate_subject", view.certificate().orElse(""))
                .add("disabled", view.disabled())
                .add("note", view.note())
                .add("created", view.createdAt().toString())
                .add("updated", view.updatedAt().toString())
                .build();
    }

    private static String text(Optional<DomainName> name) {
        return name.map(DomainName::ascii).orElse("");
    }
}
