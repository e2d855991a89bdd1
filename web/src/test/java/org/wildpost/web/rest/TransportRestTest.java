// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.tlsreport.TlsReport;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.admin.Page;
import org.wildpost.ejb.admin.Refusal.Reason;
import org.wildpost.ejb.route.OriginAdministration;
import org.wildpost.ejb.route.OriginView;
import org.wildpost.ejb.route.RelayDomainAdministration;
import org.wildpost.ejb.route.RelayDomainView;
import org.wildpost.ejb.route.RouteAdministration;
import org.wildpost.ejb.route.RouteChange;
import org.wildpost.ejb.route.RouteView;
import org.wildpost.ejb.route.TlsPolicyAdministration;
import org.wildpost.ejb.route.TlsPolicyView;
import org.wildpost.ejb.tlsreport.ReceivedReport;
import org.wildpost.ejb.tlsreport.ReceivedReports;
import org.wildpost.ejb.tlsreport.ReportTimer;

/** Routes, relay domains, TLS policies, origins and reports over REST; who is let in is tested for all resources together. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class TransportRestTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final Dispatcher dispatcher = MockDispatcherFactory.createDispatcher();
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void deploy() {
        RoutesResource routes = new RoutesResource();
        routes.routes = new Routes();
        RelayDomainsResource relays = new RelayDomainsResource();
        relays.domains = new Relays();
        TlsPoliciesResource policies = new TlsPoliciesResource();
        policies.policies = new Policies();
        OriginsResource origins = new OriginsResource();
        origins.origins = new Origins();
        TlsReportsResource reports = new TlsReportsResource();
        reports.reports = new Reports();
        reports.timer = new Timer();
        for (Object resource : new Object[] {routes, relays, policies, origins, reports}) {
            dispatcher.getRegistry().addSingletonResource(resource);
        }
        dispatcher.getProviderFactory().registerProviderInstance(new ProblemMapper());
        dispatcher.getProviderFactory().registerProviderInstance(new HttpErrorMapper());
        dispatcher.getProviderFactory().registerProviderInstance(new FaultMapper());
    }

    @AfterEach
    void clear() {
        ResteasyContext.clearContextData();
    }

    @Test
    void allOfThemAreDeployed() {
        assertThat(new RestApplication().getClasses())
                .contains(
                        RoutesResource.class,
                        RelayDomainsResource.class,
                        TlsPoliciesResource.class,
                        OriginsResource.class,
                        TlsReportsResource.class);
    }

    @Test
    void makesARouteAndNeverTellsItsSecrets() {
        MockHttpResponse answer = send("POST", "/routes", """
                {"senderDomain":"own.test","recipientDomain":"","host":"smtp.example.net","port":587,"tls":"verify","tlsNames":["a.example"],
                 "implicitTls":false,"username":"us","passwordPlaintext":"secret word","allowClearText":false,"privateKey":"secret key",
                 "certificate":"a certificate","disabled":false,"note":"the provider"}""");

        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(String.valueOf(answer.getOutputHeaders().getFirst("Location")))
                .endsWith("/routes/7");
        assertThat(content(answer)).doesNotContain("secret");
        JsonObject json = json(answer);
        assertThat(json.getInt("id")).isEqualTo(7);
        assertThat(json.getString("host")).isEqualTo("smtp.example.net");
        assertThat(json.getString("tls")).isEqualTo("verify");
        assertThat(json.getJsonArray("tls_names").getString(0)).isEqualTo("a.example");
        assertThat(json.getString("username")).isEqualTo("us");
        assertThat(json.getString("certificate_subject")).isEqualTo("CN=us");
        assertThat(asked).hasSize(1).first().asString().contains("secret word", "secret key", "own.test", "587");
    }

    @Test
    void changesOnlyWhatTheBodyHas() {
        assertThat(send("PATCH", "/routes/7", "{\"note\":\"moved\",\"host\":\"\",\"port\":null}")
                        .getStatus())
                .isEqualTo(200);
        assertThat(asked)
                .containsExactly("change 7 "
                        + new RouteChange(
                                RouteChange.NONE.senderDomain(),
                                RouteChange.NONE.recipientDomain(),
                                Optional.of(""),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("moved")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"port\":\"25\"};port",
                "{\"port\":25.5};port",
                "{\"port\":99999999999};port",
                "{\"tlsNames\":[1],\"implicitTls\":1};tlsNames,implicitTls",
                "{\"password\":\"x\"};password"
            })
    void namesFieldsThatAreUnknownOrOfAnotherType(String body, String fields) {
        problem(send("POST", "/routes", body), 400, fields.split(",", -1));
        assertThat(asked).isEmpty();
    }

    @Test
    void saysWhatIsWrong() {
        problem(send("POST", "/routes", "{\"host\":\"bad\"}"), 422, "host");
        problem(send("POST", "/routes", "{\"host\":\"taken\"}"), 409, "recipientDomain");
        problem(send("GET", "/routes/8", null), 404);
        problem(send("GET", "/routes/x", null), 404);
        problem(send("PATCH", "/routes/99999999999999999999", "{}"), 404);
        assertThat(send("DELETE", "/routes/7", null).getStatus()).isEqualTo(204);
        problem(send("DELETE", "/routes/8", null), 404);
    }

    @Test
    void listsInPages() {
        for (String resource : List.of("routes", "relay-domains", "tls-policies", "origins")) {
            JsonObject page = json(send("GET", "/" + resource + "?query=x&page=2&paging=10", null));
            assertThat(page.getInt("page")).isEqualTo(2);
            assertThat(page.getInt("results_count")).isEqualTo(11);
            assertThat(page.getJsonArray("results")).hasSize(1);
            problem(send("GET", "/" + resource + "?page=0", null), 400, "page");
        }
        assertThat(asked).hasSize(4).allMatch(question -> question.equals("list x 2 10"));
    }

    @Test
    void administersRelayDomains() {
        MockHttpResponse answer =
                send("POST", "/relay-domains", "{\"name\":\"relay.test\",\"host\":\"in.relay.test\",\"port\":2525}");
        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(json(answer).getInt("port")).isEqualTo(2525);
        assertThat(send("GET", "/relay-domains/relay.test", null).getStatus()).isEqualTo(200);
        assertThat(send("PATCH", "/relay-domains/relay.test", "{\"disabled\":true}")
                        .getStatus())
                .isEqualTo(200);
        problem(send("PATCH", "/relay-domains/relay.test", "{\"name\":\"x\"}"), 400, "name");
        assertThat(send("DELETE", "/relay-domains/relay.test", null).getStatus())
                .isEqualTo(204);
        problem(send("GET", "/relay-domains/other.test", null), 404);
    }

    @Test
    void administersTlsPolicies() {
        MockHttpResponse answer = send(
                "POST",
                "/tls-policies",
                "{\"domain\":\".partner.test\",\"level\":\"verify\",\"names\":[\"mx.partner.test\"]}");
        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(json(answer).getString("level")).isEqualTo("verify");
        assertThat(send("GET", "/tls-policies/.partner.test", null).getStatus()).isEqualTo(200);
        assertThat(send("PATCH", "/tls-policies/.partner.test", "{\"level\":\"may\"}")
                        .getStatus())
                .isEqualTo(200);
        assertThat(send("DELETE", "/tls-policies/.partner.test", null).getStatus())
                .isEqualTo(204);
        problem(send("GET", "/tls-policies/other.test", null), 404);
    }

    @Test
    void administersOrigins() {
        MockHttpResponse answer = send(
                "POST",
                "/origins",
                "{\"senderDomain\":\"own.test\",\"helo\":\"out.own.test\",\"source\":\"192.0.2.7\",\"source6\":\"2001:db8::7\"}");
        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(json(answer).getString("source")).isEqualTo("192.0.2.7");
        assertThat(json(answer).getString("source6")).isEmpty();
        assertThat(send("PATCH", "/origins/3", "{\"source\":\"\"}").getStatus()).isEqualTo(200);
        assertThat(send("DELETE", "/origins/3", null).getStatus()).isEqualTo(204);
        problem(send("GET", "/origins/4", null), 404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/relay-domains;{\"name\":\"bad\"};name",
                "/tls-policies;{\"domain\":\"bad\",\"level\":\"verify\"};domain",
                "/origins;{\"senderDomain\":\"bad\"};senderDomain"
            })
    void namesTheFieldThatIsWrong(String path, String body, String field) {
        problem(send("POST", path, body), 422, field);
        problem(send("POST", path, "{\"" + field + "\":1}"), 400, field);
        problem(send("POST", path, "{\"nothing\":1}"), 400, "nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/relay-domains/other.test", "/tls-policies/other.test", "/origins/4", "/origins/x"})
    void knowsNoOthers(String path) {
        problem(send("GET", path, null), 404);
        problem(send("PATCH", path, "{}"), 404);
        problem(send("DELETE", path, null), 404);
    }

    @Test
    void listsReportsOfOthers() {
        JsonObject report = json(send("GET", "/tls-reports?domain=own.test&failures=true", null))
                .getJsonArray("results")
                .getJsonObject(0);
        assertThat(report.getString("organization")).isEqualTo("Company-X");
        assertThat(report.getInt("failures")).isEqualTo(3);
        assertThat(report.getJsonArray("failure_details").getJsonObject(0).getString("result_type"))
                .isEqualTo("certificate-expired");
        assertThat(asked).containsExactly("reports own.test true 1 50");
        problem(send("GET", "/tls-reports?failures=perhaps", null), 400, "failures");
    }

    @Test
    void sendsReportsToOthersWhenItIsAsked() {
        assertThat(send("POST", "/tls-reports/send", null).getStatus()).isEqualTo(202);
        assertThat(asked).containsExactly("reports now");
    }

    private final class Routes extends RouteAdministration {
        private final RouteView seven = new RouteView(
                7,
                Optional.of(DomainName.parse("own.test")),
                Optional.empty(),
                Optional.of(DomainName.parse("smtp.example.net")),
                587,
                TlsLevel.VERIFY,
                List.of(DomainName.parse("a.example")),
                false,
                Optional.of("us"),
                false,
                Optional.of("CN=us"),
                false,
                "the provider",
                THEN,
                THEN);

        @Override
        public Page<RouteView> list(String query, int page, int size) {
            asked.add("list " + query + " " + page + " " + size);
            return new Page<>(List.of(seven), page, 2, 11);
        }

        @Override
        public Optional<RouteView> find(long id) {
            return Optional.of(seven).filter(route -> route.id() == id);
        }

        @Override
        public Outcome<RouteView> create(RouteChange draft) {
            if (draft.host().equals(Optional.of("bad"))) {
                return Outcome.refused("host", Reason.MALFORMED, "it is no host");
            }
            if (draft.host().equals(Optional.of("taken"))) {
                return Outcome.refused("recipientDomain", Reason.TAKEN, "there is one");
            }
            asked.add("create " + draft + " "
                    + draft.password().map(Secret::reveal).orElse("") + " "
                    + draft.privateKey().map(Secret::reveal).orElse(""));
            return new Outcome.Done<>(seven);
        }

        @Override
        public Outcome<RouteView> change(long id, RouteChange change) {
            asked.add("change " + id + " " + change);
            return id == 7 ? new Outcome.Done<>(seven) : new Outcome.NotFound<>();
        }

        @Override
        public Outcome<RouteView> delete(long id) {
            return id == 7 ? new Outcome.Done<>(seven) : new Outcome.NotFound<>();
        }
    }

    private final class Relays extends RelayDomainAdministration {
        private final RelayDomainView relay = new RelayDomainView(
                DomainName.parse("relay.test"),
                Optional.of(DomainName.parse("in.relay.test")),
                2525,
                false,
                THEN,
                THEN);

        @Override
        public Page<RelayDomainView> list(String query, int page, int size) {
            asked.add("list " + query + " " + page + " " + size);
            return new Page<>(List.of(relay), page, 2, 11);
        }

        @Override
        public Optional<RelayDomainView> find(String name) {
            return Optional.of(relay).filter(one -> one.name().ascii().equals(name));
        }

        @Override
        public Outcome<RelayDomainView> create(String name, RelayDomainAdministration.Change change) {
            return made("name", name, relay);
        }

        @Override
        public Outcome<RelayDomainView> change(String name, RelayDomainAdministration.Change change) {
            return done(find(name));
        }

        @Override
        public Outcome<RelayDomainView> delete(String name) {
            return done(find(name));
        }
    }

    private final class Policies extends TlsPolicyAdministration {
        private final TlsPolicyView policy = new TlsPolicyView(
                ".partner.test", TlsLevel.VERIFY, List.of(DomainName.parse("mx.partner.test")), THEN, THEN);

        @Override
        public Page<TlsPolicyView> list(String query, int page, int size) {
            asked.add("list " + query + " " + page + " " + size);
            return new Page<>(List.of(policy), page, 2, 11);
        }

        @Override
        public Optional<TlsPolicyView> find(String domain) {
            return Optional.of(policy).filter(one -> one.domain().equals(domain));
        }

        @Override
        public Outcome<TlsPolicyView> create(String domain, TlsPolicyAdministration.Change change) {
            return made("domain", domain, policy);
        }

        @Override
        public Outcome<TlsPolicyView> change(String domain, TlsPolicyAdministration.Change change) {
            return done(find(domain));
        }

        @Override
        public Outcome<TlsPolicyView> delete(String domain) {
            return done(find(domain));
        }
    }

    private final class Origins extends OriginAdministration {
        private final OriginView origin = new OriginView(
                3,
                Optional.of(DomainName.parse("own.test")),
                Optional.of(DomainName.parse("out.own.test")),
                Optional.of(InetAddress.ofLiteral("192.0.2.7")),
                Optional.empty(),
                THEN,
                THEN);

        @Override
        public Page<OriginView> list(String query, int page, int size) {
            asked.add("list " + query + " " + page + " " + size);
            return new Page<>(List.of(origin), page, 2, 11);
        }

        @Override
        public Optional<OriginView> find(long id) {
            return Optional.of(origin).filter(one -> one.id() == id);
        }

        @Override
        public Outcome<OriginView> create(String senderDomain, OriginAdministration.Change change) {
            return made("senderDomain", senderDomain, origin);
        }

        @Override
        public Outcome<OriginView> change(long id, OriginAdministration.Change change) {
            return done(find(id));
        }

        @Override
        public Outcome<OriginView> delete(long id) {
            return done(find(id));
        }
    }

    private final class Reports extends ReceivedReports {
        @Override
        public Page<ReceivedReport> list(String domain, boolean failuresOnly, int page, int size) {
            asked.add("reports " + domain + " " + failuresOnly + " " + page + " " + size);
            TlsReport.FailureDetail detail =
                    new TlsReport.FailureDetail("certificate-expired", "", "mx.own.test", "", "", 3, "", "");
            return new Page<>(
                    List.of(new ReceivedReport(
                            1,
                            "Company-X",
                            "x@company-x.example",
                            "id",
                            "company-x.example",
                            THEN,
                            THEN,
                            new TlsReport.PolicyResult("sts", List.of(), "own.test", List.of(), 5, 3, List.of(detail)),
                            THEN)),
                    page,
                    1,
                    1);
        }
    }

    private final class Timer extends ReportTimer {
        @Override
        public void sendNow() {
            asked.add("reports now");
        }
    }

    /** What is named {@code bad} cannot be made. */
    private static <T> Outcome<T> made(String field, String name, T view) {
        return name.equals("bad") ? Outcome.refused(field, Reason.MALFORMED, "it is bad") : new Outcome.Done<>(view);
    }

    private static <T> Outcome<T> done(Optional<T> found) {
        return found.<Outcome<T>>map(Outcome.Done::new).orElseGet(Outcome.NotFound::new);
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
        if (fields.length > 0) {
            assertThat(json(answer).getJsonArray("errors").getValuesAs(JsonObject.class))
                    .extracting(error -> error.getString("field"))
                    .containsExactlyInAnyOrder(fields);
        }
    }

    private static JsonObject json(MockHttpResponse answer) {
        try (JsonReader reader = Json.createReader(new StringReader(content(answer)))) {
            return reader.readObject();
        }
    }

    private static String content(MockHttpResponse answer) {
        return new String(answer.getOutput(), StandardCharsets.UTF_8);
    }
}
