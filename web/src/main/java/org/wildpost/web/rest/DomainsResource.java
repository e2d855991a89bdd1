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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.ejb.admin.DomainAdministration;
import org.wildpost.ejb.admin.DomainChange;
import org.wildpost.ejb.admin.DomainView;
import org.wildpost.ejb.admin.Page;

/**
 * Domains: {@code /domains} and {@code /domains/{name}}. The rule of a domain is read and shown under our names and, where poste.io knows it, under
 * its names too: {@code domainBin} with {@code domainBinAddress} is {@code catchAll}, {@code forward} with {@code forwardDomain} is {@code forwardTo}.
 */
@Path("/domains")
@ApplicationScoped
public class DomainsResource {
    private static final Set<String> CHANGEABLE = Set.of(
            "disabled",
            "aliasOf",
            "forwardTo",
            "catchAll",
            "domainBin",
            "domainBinAddress",
            "forward",
            "forwardDomain");
    private static final Set<String> FIELDS =
            Stream.concat(Stream.of("name"), CHANGEABLE.stream()).collect(Collectors.toUnmodifiableSet());

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
        JsonBody json = JsonBody.read(body, FIELDS);
        String name = json.text("name").orElse("");
        DomainChange change = change(json);
        json.check();
        DomainView view = Answers.done(domains.create(name, change));
        return Answers.created(uri, view.name().ascii(), json(view));
    }

    /** One domain. */
    @GET
    @Path("/{name}")
    public Response find(@PathParam("name") String name) {
        return Answers.ok(json(domains.find(name).orElseThrow(Answers::notFound)));
    }

    /** Changes the fields that the body has; an empty text takes a rule away. */
    @PATCH
    @Path("/{name}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response change(@PathParam("name") String name, InputStream body) throws IOException {
        JsonBody json = JsonBody.read(body, CHANGEABLE);
        DomainChange change = change(json);
        json.check();
        return Answers.ok(json(Answers.done(domains.change(name, change))));
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

    private static DomainChange change(JsonBody json) {
        Optional<String> catchAll = switched(json.truth("domainBin"), json.text("domainBinAddress"));
        Optional<String> forwardTo = switched(json.truth("forward"), json.text("forwardDomain"));
        return new DomainChange(
                json.truth("disabled"),
                json.text("aliasOf"),
                json.text("forwardTo").or(() -> forwardTo),
                json.text("catchAll").or(() -> catchAll));
    }

    /** What poste.io says with a switch and a text. */
    private static Optional<String> switched(Optional<Boolean> on, Optional<String> text) {
        return on.isPresent() && !on.get() ? Optional.of("") : text;
    }

    private static JsonObject json(DomainView view) {
        String catchAll = view.catchAll().map(EmailAddress::toString).orElse("");
        String forwardTo = view.forwardTo().map(DomainName::ascii).orElse("");
        return Json.createObjectBuilder()
                .add("name", view.name().ascii())
                .add("disabled", view.disabled())
                .add("boxes", view.accounts())
                .add("alias_of", view.aliasOf().map(DomainName::ascii).orElse(""))
                .add("forward_to", forwardTo)
                .add("catch_all", catchAll)
                .add("domain_bin", !catchAll.isEmpty())
                .add("domain_bin_address", catchAll)
                .add("forward", !forwardTo.isEmpty())
                .add("forward_domain", forwardTo)
                .add("created", view.createdAt().toString())
                .add("updated", view.updatedAt().toString())
                .build();
    }
}
