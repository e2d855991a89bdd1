// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.queue.ReportTemplates;

/**
 * The words of notifications about mail that could not be delivered, is late, or arrived: {@code /reports} and
 * {@code /reports/{name}/{language}}.
 */
@Path("/reports")
@ApplicationScoped
public class ReportsResource {
    @Inject
    ReportTemplates templates;

    /** All templates; {@code own} says whether an administrator wrote it. */
    @GET
    public Response list() {
        JsonArrayBuilder results = Json.createArrayBuilder();
        templates.list().forEach(template -> results.add(json(template)));
        return Answers.ok(Json.createObjectBuilder().add("results", results).build());
    }

    /**
     * Replaces a template by the body's {@code text}; "" brings the default back.
     *
     * @param name     such as {@code failure.subject}
     * @param language {@code en} or {@code zh}
     */
    @PATCH
    @Path("/{name}/{language}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response change(@PathParam("name") String name, @PathParam("language") String language, InputStream body)
            throws IOException {
        JsonBody json = JsonBody.read(body, Set.of("text"));
        String text = json.text("text").orElseThrow(() -> QueueQuery.wrong("text", "'text' is needed"));
        json.check();
        Outcome<ReportTemplates.Template> outcome = templates.change(name, language, text);
        if (outcome instanceof Outcome.NotFound<ReportTemplates.Template>()) {
            throw new ProblemException(Problem.of(404, "there is no such template"));
        }
        return Answers.ok(json(Answers.done(outcome)));
    }

    private static JsonObject json(ReportTemplates.Template template) {
        return Json.createObjectBuilder()
                .add("name", template.name())
                .add("language", template.language())
                .add("text", template.text())
                .add("own", template.own())
                .build();
    }
}
