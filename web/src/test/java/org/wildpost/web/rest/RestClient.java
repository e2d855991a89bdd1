// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.servlet.http.HttpServletRequest;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jboss.resteasy.core.ResteasyContext;
import org.jboss.resteasy.mock.MockDispatcherFactory;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.jboss.resteasy.mock.MockHttpResponse;
import org.jboss.resteasy.spi.Dispatcher;
import org.wildpost.ejb.settings.ServerSettings;

/** Asks resources through the platform's own dispatcher, as the administrator, with all filters and mappers. For one test; to be closed. */
final class RestClient implements AutoCloseable {
    static final String ADMINISTRATOR = "admin@demo.test:wildpost";
    /** An account that administers nothing. */
    static final String OWNER = "alice@demo.test:wildpost";

    /** Whether requests come over TLS. */
    boolean secure = true;

    private final Dispatcher dispatcher = MockDispatcherFactory.createDispatcher();

    RestClient(FakeServices services, Object... resources) {
        for (Object resource : resources) {
            dispatcher.getRegistry().addSingletonResource(resource);
        }
        dispatcher.getDefaultContextObjects().put(HttpServletRequest.class, servletRequest());
        dispatcher.getProviderFactory().registerProviderInstance(authentication(services));
        dispatcher.getProviderFactory().registerProviderInstance(new AnswerHeaders());
        dispatcher.getProviderFactory().registerProviderInstance(new ProblemMapper());
        dispatcher.getProviderFactory().registerProviderInstance(new HttpErrorMapper());
        dispatcher.getProviderFactory().registerProviderInstance(new FaultMapper());
    }

    @SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
    private static BasicAuthentication authentication(FakeServices services) {
        BasicAuthentication authentication = new BasicAuthentication();
        authentication.authentication = services.authentication;
        authentication.accounts = services.accounts;
        authentication.settings = new ServerSettings();
        return authentication;
    }

    private HttpServletRequest servletRequest() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isSecure" -> secure;
                    case "getRemoteAddr" -> "192.0.2.7";
                    case "getRemotePort" -> 40_000;
                    default -> null;
                });
    }

    @Override
    public void close() {
        ResteasyContext.clearContextData();
    }

    MockHttpResponse send(String method, String path) {
        return send(method, path, "", ADMINISTRATOR);
    }

    MockHttpResponse send(String method, String path, String body) {
        return send(method, path, body, ADMINISTRATOR);
    }

    /** Sends a request; an empty body is none, empty credentials are none. */
    MockHttpResponse send(String method, String path, String body, String credentials) {
        try {
            MockHttpRequest request = MockHttpRequest.create(method, path);
            if (!body.isEmpty()) {
                request.contentType("application/json").content(body.getBytes(StandardCharsets.UTF_8));
            }
            if (!credentials.isEmpty()) {
                byte[] octets = credentials.getBytes(StandardCharsets.UTF_8);
                request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(octets));
            }
            MockHttpResponse answer = new MockHttpResponse();
            dispatcher.invoke(request, answer);
            return answer;
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The object of an answer of this status. */
    static JsonObject json(MockHttpResponse answer, int status) {
        assertThat(answer.getStatus()).as(content(answer)).isEqualTo(status);
        try (JsonReader reader = Json.createReader(new StringReader(content(answer)))) {
            return reader.readObject();
        }
    }

    /** Checks that it is a problem (RFC 9457 §3.1) with this status that names these fields. */
    static void problem(MockHttpResponse answer, int status, String... fields) {
        JsonObject problem = json(answer, status);
        assertThat(String.valueOf(answer.getOutputHeaders().getFirst("Content-Type")))
                .isEqualTo("application/problem+json");
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(problem.containsKey("errors")).as("fields are named").isEqualTo(fields.length > 0);
        if (fields.length > 0) {
            assertThat(problem.getJsonArray("errors").getValuesAs(JsonObject.class))
                    .extracting(error -> error.getString("field"))
                    .containsExactlyInAnyOrder(fields);
        }
    }

    static String content(MockHttpResponse answer) {
        return new String(answer.getOutput(), StandardCharsets.UTF_8);
    }
}
