// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.resteasy.mock.MockHttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets to what is deployed: every method of every resource, those of tomorrow too. Behind the door nothing works here, so that a way in is a 500. */
class RestAccessTest {
    private final FakeServices services = new FakeServices();
    private final RestClient client =
            new RestClient(services, resources().map(RestAccessTest::instance).toArray());

    /** A method that can be asked for. */
    record Operation(String method, String path) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @AfterEach
    void close() {
        client.close();
    }

    static List<Operation> operations() {
        return resources()
                .flatMap(
                        resource -> Arrays.stream(resource.getDeclaredMethods()).flatMap(RestAccessTest::operation))
                .toList();
    }

    @Test
    void knowsAllResources() {
        assertThat(operations())
                .extracting(Operation::toString)
                .hasSizeGreaterThan(40)
                .doesNotHaveDuplicates()
                .contains(
                        "PUT /domains/x/dkim",
                        "POST /domains/x/dkim/activate",
                        "DELETE /domains/x/dkim/x",
                        "PATCH /sending",
                        "PATCH /sending/boxes/x",
                        "GET /queue/x/message",
                        "POST /queue/actions",
                        "GET /emails/x/status",
                        "PATCH /reports/x/x",
                        "GET /tls-reports",
                        "POST /tls-reports/send",
                        "POST /routes",
                        "POST /tls-policies",
                        "POST /relay-domains",
                        "POST /origins",
                        "POST /aliases",
                        "POST /boxes",
                        "POST /domains");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void asksStrangersWhoTheyAre(Operation operation) {
        MockHttpResponse answer = client.send(operation.method(), operation.path(), "", "");

        RestClient.problem(answer, 401);
        assertThat(answer.getOutputHeaders()).containsKey("WWW-Authenticate");
        assertThat(services.logins).isEmpty();
        RestClient.problem(client.send(operation.method(), operation.path(), "", "admin@demo.test:wrong"), 401);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void keepsOwnersOut(Operation operation) {
        String own = operation.path().replace("/boxes/x", "/boxes/alice@demo.test");

        RestClient.problem(client.send(operation.method(), own, "", RestClient.OWNER), 403);
        assertThat(services.asked).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void takesNoPasswordInTheClear(Operation operation) {
        client.secure = false;

        RestClient.problem(client.send(operation.method(), operation.path()), 403);
        assertThat(services.logins).isEmpty();
    }

    private static Stream<Class<?>> resources() {
        return new RestApplication().getClasses().stream().filter(type -> type.isAnnotationPresent(Path.class));
    }

    private static Object instance(Class<?> resource) {
        try {
            return resource.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Stream<Operation> operation(Method method) {
        String path =
                path(method.getDeclaringClass().getAnnotation(Path.class)) + path(method.getAnnotation(Path.class));
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> Optional.ofNullable(type.getAnnotation(HttpMethod.class)))
                .flatMap(Optional::stream)
                .map(verb -> new Operation(verb.value(), path));
    }

    private static String path(Path annotation) {
        return annotation == null ? "" : annotation.value().replaceAll("\\{[^}]*}", "x");
    }
}
