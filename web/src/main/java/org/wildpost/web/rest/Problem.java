// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Why a request was not answered as asked, as problem details (RFC 9457 §3.1): the type is {@code about:blank}, so the title is that of the
 * status; {@code errors} names the fields.
 */
record Problem(int status, String detail, List<FieldError> errors) {
    static final MediaType TYPE = new MediaType("application", "problem+json");
    static final int UNPROCESSABLE = 422;

    /** What is wrong with one field. */
    record FieldError(String field, String detail) {}

    Problem {
        errors = List.copyOf(errors);
    }

    static Problem of(int status, String detail) {
        return new Problem(status, detail, List.of());
    }

    static Problem field(int status, String field, String detail) {
        return new Problem(status, detail, List.of(new FieldError(field, detail)));
    }

    Response response() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", title())
                .add("status", status)
                .add("detail", detail);
        if (!errors.isEmpty()) {
            JsonArrayBuilder array = Json.createArrayBuilder();
            errors.forEach(error -> array.add(
                    Json.createObjectBuilder().add("field", error.field()).add("detail", error.detail())));
            json.add("errors", array);
        }
        return Response.status(status)
                .type(TYPE)
                .entity(json.build().toString().getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private String title() {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known != null ? known.getReasonPhrase() : status == UNPROCESSABLE ? "Unprocessable Content" : "Error";
    }
}
