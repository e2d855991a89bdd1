// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Prepares a running instance over REST. */
final class RestClient {
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final int LAST_GOOD = 299;

    private final HttpClient client =
            HttpClient.newBuilder().sslContext(Trusting.context()).build();
    private final String base;
    private final String basic;

    /**
     * @param offset        the port offset of the instance
     * @param administrator name and password with a colon between
     */
    RestClient(int offset, String administrator) {
        base = "https://localhost:" + (8443 + offset) + "/admin/api/v1/";
        basic = Base64.getEncoder().encodeToString(administrator.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes something; that it is there from the run before is no error. */
    void make(String resource, String body) throws IOException {
        HttpResponse<String> response = send("POST", resource, body);
        if (response.statusCode() != CREATED && response.statusCode() != CONFLICT) {
            throw refused(resource, response);
        }
    }

    /** Deletes something; that it is not there is no error. */
    void drop(String resource) throws IOException {
        HttpResponse<String> response = send("DELETE", resource, "");
        if (response.statusCode() > LAST_GOOD && response.statusCode() != NOT_FOUND) {
            throw refused(resource, response);
        }
    }

    /** Asks with any method and a body, perhaps empty. */
    String ask(String method, String resource, String body) throws IOException {
        HttpResponse<String> response = send(method, resource, body);
        if (response.statusCode() > LAST_GOOD) {
            throw refused(resource, response);
        }
        return response.body();
    }

    private HttpResponse<String> send(String method, String resource, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + resource))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static IOException refused(String resource, HttpResponse<String> response) {
        return new IOException(resource + " was refused (" + response.statusCode() + "): " + response.body());
    }
}
