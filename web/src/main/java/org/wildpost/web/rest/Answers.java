// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.admin.Page;
import org.wildpost.ejb.admin.Refusal;

/** How answers of services look on the wire. */
final class Answers {
    private Answers() {}

    static Response ok(JsonObject body) {
        return Response.ok(octets(body), MediaType.APPLICATION_JSON_TYPE).build();
    }

    static Response created(UriInfo uri, String name, JsonObject body) {
        return Response.created(uri.getAbsolutePathBuilder().segment(name).build())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(octets(body))
                .build();
    }

    static <T> Response page(Page<T> page, Function<T, JsonObject> view) {
        JsonArrayBuilder results = Json.createArrayBuilder();
        page.results().forEach(result -> results.add(view.apply(result)));
        return ok(Json.createObjectBuilder()
                .add("page", page.page())
                .add("last_page", page.lastPage())
                .add("results_count", page.total())
                .add("results", results)
                .build());
    }

    /** An array of what values look like as text. */
    static JsonArrayBuilder texts(List<?> values) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        values.forEach(value -> array.add(value.toString()));
        return array;
    }

    /** What was done, or the problem that stands for what was not. */
    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.NotFound<T>() -> throw notFound();
            case Outcome.Refused<T>(List<Refusal> refusals) -> throw new ProblemException(problem(refusals));
        };
    }

    static ProblemException notFound() {
        return new ProblemException(Problem.of(404, "there is nothing of that name"));
    }

    /** A number in a path; what is none names nothing. */
    static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw notFound();
        }
    }

    /** A number of a query: the default when it is absent. */
    static int number(String field, @Nullable String text, int absent) {
        if (text == null || text.isEmpty()) {
            return absent;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for numbers out of range.
        }
        throw new ProblemException(Problem.field(400, field, "'" + field + "' must be a number from 1 on"));
    }

    private static Problem problem(List<Refusal> refusals) {
        boolean conflict =
                refusals.stream().allMatch(refusal -> refusal.reason().conflict());
        return new Problem(
                conflict ? 409 : Problem.UNPROCESSABLE,
                refusals.getFirst().text(),
                refusals.stream()
                        .map(refusal -> new Problem.FieldError(refusal.field(), refusal.text()))
                        .toList());
    }

    private static byte[] octets(JsonObject body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
