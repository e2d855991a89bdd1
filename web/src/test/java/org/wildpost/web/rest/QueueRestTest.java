// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.core.ResteasyContext;
import org.jboss.resteasy.mock.MockDispatcherFactory;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.jboss.resteasy.mock.MockHttpResponse;
import org.jboss.resteasy.spi.Dispatcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The queue and the record of deliveries over REST; that only administrators get there is tested with the other resources. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class QueueRestTest {
    private final FakeQueue fake = new FakeQueue();
    private final Dispatcher dispatcher = MockDispatcherFactory.createDispatcher();

    @BeforeEach
    void deploy() {
        QueueResource queue = new QueueResource();
        queue.queue = fake.administration;
        queue.history = fake.history;
        EmailsResource emails = new EmailsResource();
        emails.history = fake.history;
        ReportsResource reports = new ReportsResource();
        reports.templates = fake.templates;
        dispatcher.getRegistry().addSingletonResource(reports);
        dispatcher.getRegistry().addSingletonResource(queue);
        dispatcher.getRegistry().addSingletonResource(emails);
        dispatcher.getProviderFactory().registerProviderInstance(new ProblemMapper());
        dispatcher.getProviderFactory().registerProviderInstance(new HttpErrorMapper());
        dispatcher.getProviderFactory().registerProviderInstance(new FaultMapper());
    }

    @AfterEach
    void clear() {
        ResteasyContext.clearContextData();
    }

    @Test
    void listsByWhatPeopleKnow() {
        JsonObject page = json(send(
                "GET",
                "/queue?destination=FAR.test&sender=%3C%3E&recipient=bob@far.test&state=held"
                        + "&createdBefore=2026-02-01T00:00:00Z&page=2&paging=10",
                null));

        assertThat(page.getInt("results_count")).isEqualTo(2);
        JsonObject entry = page.getJsonArray("results").getJsonObject(1);
        assertThat(entry.getInt("id")).isEqualTo(8);
        assertThat(entry.getString("email_id")).isEqualTo("d1");
        assertThat(entry.getString("state")).isEqualTo("carried");
        assertThat(entry.getString("subject")).isEqualTo("密");
        assertThat(entry.getString("hop")).isEqualTo("relay.test:25");
        assertThat(entry.getInt("account")).isEqualTo(3);
        assertThat(fake.asked)
                .containsExactly(
                        "list QueueFilter[ids=Optional.empty, destination=Optional[far.test], sender=Optional[],"
                                + " recipient=Optional[bob@far.test], state=Optional[HELD],"
                                + " createdBefore=Optional[2026-02-01T00:00:00Z], createdAfter=Optional.empty] 2 10");
    }

    @ParameterizedTest
    @CsvSource({
        "state=lost, state",
        "destination=a b, destination",
        "createdBefore=yesterday, createdBefore",
        "createdAfter=1, createdAfter",
        "page=0, page",
    })
    void namesTheFieldThatIsWrong(String query, String field) {
        problem(send("GET", "/queue?" + query.replace(" ", "%20"), null), 400, field);
    }

    @Test
    void showsOneWithItsTriesHeaderAndOctets() {
        JsonObject entry = json(send("GET", "/queue/7", null));
        assertThat(entry.getJsonArray("attempt_list").getJsonObject(0).getString("tls_verified"))
                .isEqualTo("pkix");
        assertThat(entry.getJsonArray("attempt_list").getJsonObject(0).containsKey("address"))
                .isFalse();
        MockHttpResponse header = send("GET", "/queue/7/header", null);
        assertThat(content(header)).isEqualTo("Subject: 密\r\n");
        MockHttpResponse message = send("GET", "/queue/7/message", null);
        assertThat(content(message)).isEqualTo("Subject: 密\r\n\r\nbody\r\n");
        assertThat(message.getOutputHeaders().getFirst("Content-Type")).hasToString("message/rfc822");
        problem(send("GET", "/queue/9", null), 404);
        problem(send("GET", "/queue/9/message", null), 404);
        problem(send("GET", "/queue/x", null), 400, "id");
    }

    @Test
    void changesOne() {
        assertThat(send("PATCH", "/queue/7", "{\"held\":true}").getStatus()).isEqualTo(200);
        assertThat(send("PATCH", "/queue/8", "{\"held\":false}").getStatus()).isEqualTo(200);
        assertThat(send("PATCH", "/queue/7", "{\"hop\":\"Relay.example:2525\"}").getStatus())
                .isEqualTo(200);
        assertThat(send("PATCH", "/queue/7", "{\"hop\":\"\"}").getStatus()).isEqualTo(200);
        assertThat(send("POST", "/queue/7/retry", null).getStatus()).isEqualTo(204);
        assertThat(send("POST", "/queue/7/bounce", "{\"reason\":\"no\"}").getStatus())
                .isEqualTo(204);
        assertThat(send("DELETE", "/queue/7", null).getStatus()).isEqualTo(204);
        assertThat(fake.asked)
                .containsExactly(
                        "Hold[] [7]",
                        "Release[] [8]",
                        "Reroute[hop=Optional[Hop[host=relay.example, port=2525]]] [7]",
                        "Reroute[hop=Optional.empty] [7]",
                        "Retry[] [7]",
                        "Bounce[reason=no] [7]",
                        "Delete[] [7]");
        problem(send("DELETE", "/queue/8", null), 409, "id");
        problem(send("POST", "/queue/9/retry", null), 404);
        problem(send("PATCH", "/queue/7", "{\"state\":\"held\"}"), 400, "state");
        problem(send("PATCH", "/queue/7", "{\"hop\":\"relay example\"}"), 400, "hop");
        problem(send("PATCH", "/queue/7", "{\"hop\":\"relay.example:70000\"}"), 400, "hop");
        problem(send("POST", "/queue/7/bounce", "{\"reason\":\"a\\nb\"}"), 400, "reason");
    }

    @Test
    void actsOnMany() {
        JsonObject result = json(send("POST", "/queue/actions", "{\"action\":\"hold\",\"destination\":\"far.test\"}"));
        assertThat(result.getInt("done")).isEqualTo(1);
        assertThat(result.getInt("busy")).isZero();
        json(send("POST", "/queue/actions", "{\"action\":\"delete\",\"ids\":[\"7\",\"8\"]}"));
        json(send("POST", "/queue/actions", "{\"action\":\"reroute\",\"all\":true,\"hop\":\"[2001:db8::1]\"}"));
        assertThat(fake.asked)
                .containsExactly(
                        "Hold[] Optional[far.test]",
                        "Delete[] [7, 8]",
                        "Reroute[hop=Optional[Hop[host=[2001:db8::1], port=25]]] Optional.empty");
        problem(send("POST", "/queue/actions", "{\"action\":\"delete\"}"), 400, "all");
        problem(send("POST", "/queue/actions", "{\"action\":\"delete\",\"all\":true,\"ids\":[\"7\"]}"), 400, "all");
        problem(send("POST", "/queue/actions", "{\"action\":\"burn\",\"all\":true}"), 400, "action");
        problem(send("POST", "/queue/actions", "{\"action\":\"reroute\",\"all\":true}"), 400, "hop");
        problem(send("POST", "/queue/actions", "{\"action\":\"hold\",\"ids\":[\"x\"]}"), 400, "ids");
    }

    @Test
    void tellsWhatBecameOfAMessage() {
        JsonObject status = json(send("GET", "/emails/d1/status", null));
        assertThat(status.getString("sender")).isEqualTo("alice@demo.test");
        JsonObject recipient = status.getJsonArray("recipients").getJsonObject(0);
        assertThat(recipient.getString("state")).isEqualTo("delivered");
        assertThat(recipient.getJsonArray("attempt_list").getJsonObject(0).getString("policy"))
                .isEqualTo("sts:enforce");
        problem(send("GET", "/emails/d2/status", null), 404);
    }

    @Test
    void searchesPageByPage() {
        JsonObject first = json(send(
                "GET",
                "/emails?address=alice@demo.test&domain=far.test&messageId=%3Cm@demo.test%3E"
                        + "&from=2026-01-01T00:00:00Z&paging=3",
                null));
        String next = first.getString("next");
        assertThat(next).isEqualTo("2026-01-01T00:00:00.000001Z_55");
        JsonObject second = json(send("GET", "/emails?after=" + next, null));
        assertThat(second.containsKey("next")).isFalse();
        assertThat(fake.asked)
                .containsExactly(
                        "search Search[address=Optional[alice@demo.test], domain=Optional[far.test],"
                                + " messageId=Optional[<m@demo.test>], from=Optional[2026-01-01T00:00:00Z],"
                                + " to=Optional.empty, before=Optional.empty] 3",
                        "search Search[address=Optional.empty, domain=Optional.empty, messageId=Optional.empty,"
                                + " from=Optional.empty, to=Optional.empty, before=Optional[Place["
                                + "created=2026-01-01T00:00:00.000001Z, entry=55]]] 50");
        problem(send("GET", "/emails?after=x", null), 400, "after");
        problem(send("GET", "/emails?domain=-", null), 400, "domain");
        problem(send("GET", "/emails?to=now", null), 400, "to");
    }

    @Test
    void changesTheWordsOfNotifications() {
        JsonObject first =
                json(send("GET", "/reports", null)).getJsonArray("results").getJsonObject(0);
        assertThat(first.getString("name")).isEqualTo("failure.subject");
        assertThat(first.getBoolean("own")).isFalse();
        JsonObject changed = json(send("PATCH", "/reports/failure.subject/zh", "{\"text\":\"退信\"}"));
        assertThat(changed.getString("text")).isEqualTo("退信");
        problem(send("PATCH", "/reports/failure.subject/xx", "{\"text\":\"x\"}"), 404);
        problem(send("PATCH", "/reports/failure.subject/zh", "{}"), 400, "text");
        problem(send("PATCH", "/reports/failure.subject/zh", "{\"text\":\"bad\"}"), 422, "text");
    }

    private MockHttpResponse send(String method, String path, String body) {
        try {
            MockHttpRequest request = MockHttpRequest.create(method, path);
            if (body != null) {
                request.contentType("application/json").content(body.getBytes(StandardCharsets.UTF_8));
            }
            MockHttpResponse answer = new MockHttpResponse();
            dispatcher.invoke(request, answer);
            return answer;
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static void problem(MockHttpResponse answer, int status, String... fields) {
        assertThat(answer.getStatus()).as(content(answer)).isEqualTo(status);
        JsonObject problem = parse(answer);
        assertThat(problem.getString("detail")).isNotBlank();
        if (fields.length > 0) {
            assertThat(problem.getJsonArray("errors").getValuesAs(JsonObject.class))
                    .extracting(error -> error.getString("field"))
                    .containsExactly(fields);
        }
    }

    private static JsonObject json(MockHttpResponse answer) {
        assertThat(answer.getStatus()).as(content(answer)).isEqualTo(200);
        return parse(answer);
    }

    private static JsonObject parse(MockHttpResponse answer) {
        try (JsonReader reader = Json.createReader(new StringReader(content(answer)))) {
            return reader.readObject();
        }
    }

    private static String content(MockHttpResponse answer) {
        return new String(answer.getOutput(), StandardCharsets.UTF_8);
    }
}
