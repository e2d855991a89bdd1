// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Writes what the framework refuses (no such path, method or type) as problem details (RFC 9457), without its own words. */
@Provider
public class HttpErrorMapper implements ExceptionMapper<WebApplicationException> {
    @Override
    public Response toResponse(WebApplicationException exception) {
        int status = exception.getResponse().getStatus();
        Response.ResponseBuilder answer =
                Response.fromResponse(Problem.of(status, detail(status)).response());
        if (exception instanceof NotAllowedException) {
            answer.header(HttpHeaders.ALLOW, exception.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
        return answer.build();
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "there is nothing at this path";
            case 405 -> "this method is not for this path";
            case 406 -> "answers are application/json";
            case 415 -> "the body must be application/json";
            default -> "the request cannot be answered";
        };
    }
}
