// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.wildpost.ejb.submission.DkimAdministration;
import org.wildpost.ejb.submission.DkimView;

/** The keys that a domain signs with: {@code /domains/{name}/dkim}. Private keys are never told. */
@Path("/domains/{name}/dkim")
@ApplicationScoped
public class DkimResource {
    @Inject
    DkimAdministration dkim;

    /** All keys, the newest first, with the records that must stand in the DNS. */
    @GET
    public Response list(@PathParam("name") String name) {
        return Answers.ok(json(dkim.list(name).orElseThrow(Answers::notFound)));
    }

    /** Makes a new pair of keys, as poste.io does; later ones sign when their records are published. */
    @PUT
    public Response rotate(@PathParam("name") String name) {
        Answers.done(dkim.rotate(name));
        return list(name);
    }

    /** Lets the pending keys sign now, without a look into the DNS. */
    @POST
    @Path("/activate")
    public Response activate(@PathParam("name") String name) {
        Answers.done(dkim.activate(name));
        return list(name);
    }

    /** Deletes one key. */
    @DELETE
    @Path("/{selector}")
    public Response delete(@PathParam("name") String name, @PathParam("selector") String selector) {
        Answers.done(dkim.delete(name, selector));
        return Response.noContent().build();
    }

    private static JsonObject json(List<DkimView> keys) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        keys.forEach(key -> array.add(json(key)));
        return Json.createObjectBuilder().add("keys", array).build();
    }

    private static JsonObject json(DkimView key) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("selector", key.selector())
                .add("algorithm", key.algorithm())
                .add("state", key.state().name().toLowerCase(Locale.ROOT))
                .add("record_name", key.recordName())
                .add("record", key.record())
                .add("created", key.createdAt().toString());
        key.activatedAt().ifPresent(moment -> json.add("activated", moment.toString()));
        key.retiredAt().ifPresent(moment -> json.add("retired", moment.toString()));
        return json.build();
    }
}
