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
import java.util.List;
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
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.ejb.settings.ServerSettings;

/** Requests through the platform's own dispatcher, with all filters and mappers. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class RestTest {
    private final FakeServices services = new FakeServices();
    private final Dispatcher dispatcher = MockDispatcherFactory.createDispatcher();
    private boolean secure = true;

    @BeforeEach
    void deploy() {
        BoxesResource boxes = new BoxesResource();
        boxes.accounts = services.accounts;
        DomainsResource domains = new DomainsResource();
        domains.domains = services.domains;
        AliasesResource aliases = new AliasesResource();
        aliases.aliases = services.aliases;
        BasicAuthentication authentication = new BasicAuthentication();
        authentication.authentication = services.authentication;
        authentication.accounts = services.accounts;
        authentication.settings = new ServerSettings();
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isSecure" -> secure;
                    case "getRemoteAddr" -> "192.0.2.7";
                    case "getRemotePort" -> 40_000;
                    default -> null;
                });
        dispatcher.getDefaultContextObjects().put(HttpServletRequest.class, request);
        dispatcher.getRegistry().addSingletonResource(boxes);
        dispatcher.getRegistry().addSingletonResource(domains);
        dispatcher.getRegistry().addSingletonResource(aliases);
        dispatcher.getProviderFactory().registerProviderInstance(authentication);
        dispatcher.getProviderFactory().registerProviderInstance(new AnswerHeaders());
        dispatcher.getProviderFactory().registerProviderInstance(new ProblemMapper());
        dispatcher.getProviderFactory().registerProviderInstance(new HttpErrorMapper());
        dispatcher.getProviderFactory().registerProviderInstance(new FaultMapper());
    }

    @AfterEach
    void clear() {
        ResteasyContext.clearContextData();
    }

    @Test
    void listsInPages() {
        MockHttpResponse answer = send("GET", "/boxes?query=a&page=2&paging=10", null);

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        JsonObject page = json(answer);
        assertThat(page.getInt("page")).isEqualTo(2);
        assertThat(page.getInt("last_page")).isEqualTo(7);
        JsonObject admin = page.getJsonArray("results").getJsonObject(0);
        assertThat(admin.getString("address")).isEqualTo("admin@demo.test");
        assertThat(admin.getBoolean("super_admin")).isTrue();
        for (String field : List.of("discard", "redirect_only", "internal_only", "copy_to_sent")) {
            assertThat(admin.getBoolean(field)).as(field).isFalse();
        }
        assertThat(services.asked).containsExactly("list a 2 10");
        assertThat(json(send("GET", "/domains", null))
                        .getJsonArray("results")
                        .getJsonObject(0)
                        .getInt("boxes"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"page=0,page", "page=x,page", "paging=-1,paging", "paging=99999999999,paging"})
    void refusesPagesThatAreNoNumbers(String query, String field) {
        problem(send("GET", "/boxes?" + query, null), 400, field);
    }

    @Test
    void createsABox() {
        MockHttpResponse answer = send("POST", "/boxes", """
                {"name":"Carol 密","email":"carol+x@demo.test","passwordPlaintext":"correct horse","disabled":false,
                 "superAdmin":true,"redirectTo":["dave@example.org"],"discard":true,"internalOnly":true,"copyToSent":true}""");

        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(header(answer, "Location")).endsWith("/boxes/carol+x@demo.test");
        assertThat(json(answer).getString("address")).isEqualTo("carol+x@demo.test");
        assertThat(content(answer)).doesNotContain("correct horse").doesNotContainIgnoringCase("hash");
        assertThat(services.asked)
                .containsExactly(
                        "create AccountDraft[email=carol+x@demo.test, name=Carol 密, password=[redacted],"
                                + " disabled=false, superAdmin=true, redirectTo=[dave@example.org],"
                                + " handling=MailHandling[discard=true, redirectOnly=false, internalOnly=true, copyToSent=true]] correct horse");
        assertThat(send("GET", "/boxes/carol+x@demo.test", null).getStatus()).isEqualTo(200);
    }

    @Test
    void saysWhatCannotBeCreated() {
        problem(
                send("POST", "/boxes", "{\"email\":\"alice@demo.test\",\"passwordPlaintext\":\"correct horse\"}"),
                409,
                "email");
        problem(
                send("POST", "/boxes", "{\"email\":\"dan@demo.test\",\"passwordPlaintext\":\"short\"}"),
                422,
                "passwordPlaintext",
                "email");
        problem(send("POST", "/domains", "{}"), 422, "name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"email\":\"x@demo.test\",\"password\":\"correct horse\"};password",
                "{\"a\":1,\"b\":2,\"name\":\"x\"};a,b",
                "{\"email\":1};email",
                "{\"email\":\"x@demo.test\",\"disabled\":\"yes\",\"redirectTo\":[1]};disabled,redirectTo",
                "{\"name\":{}};name",
            })
    void namesFieldsThatAreUnknownOrOfAnotherType(String body, String fields) {
        problem(send("POST", "/boxes", body), 400, fields.split(",", -1));
        assertThat(services.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "1", "null", "{\"name\":\"a\",\"name\":\"b\"}", "{\"name\":\"a\"} x", "{'name':1}"
            })
    void refusesWhatIsNoJsonObject(String body) {
        problem(send("POST", "/boxes", body), 400);
        assertThat(services.asked).isEmpty();
    }

    @Test
    void refusesBodiesThatAreTooLargeTooDeepOrNotJson() {
        problem(send("POST", "/boxes", "{\"name\":\"" + "x".repeat(JsonBody.MAX_OCTETS) + "\"}"), 413);
        problem(send("POST", "/boxes", "{\"redirectTo\":" + "[".repeat(60_000)), 400);
        MockHttpRequest form = request("POST", "/boxes").contentType("application/x-www-form-urlencoded");
        problem(send(form.content("name=x".getBytes(StandardCharsets.UTF_8))), 415);
    }

    @Test
    void changesOnlyWhatTheBodyHas() {
        assertThat(send("PATCH", "/boxes/alice@demo.test", "{\"disabled\":true,\"name\":null}")
                        .getStatus())
                .isEqualTo(200);
        assertThat(send(
                                "PATCH",
                                "/boxes/alice@demo.test",
                                "{\"redirectTo\":\"a@b.test\",\"discard\":true,\"redirectOnly\":false}")
                        .getStatus())
                .isEqualTo(200);
        assertThat(services.asked)
                .containsExactly(
                        "change AccountChange[name=Optional.empty, password=Optional.empty, disabled=Optional[true],"
                                + " superAdmin=Optional.empty, redirectTo=Optional.empty, handling=Change[discard=Optional.empty, redirectOnly=Optional.empty, internalOnly=Optional.empty, copyToSent=Optional.empty]]",
                        "change AccountChange[name=Optional.empty, password=Optional.empty, disabled=Optional.empty,"
                                + " superAdmin=Optional.empty, redirectTo=Optional[[a@b.test]], handling=Change[discard=Optional[true], redirectOnly=Optional[false], internalOnly=Optional.empty, copyToSent=Optional.empty]]");
        problem(send("PATCH", "/boxes/alice@demo.test", "{\"email\":\"bob@demo.test\"}"), 400, "email");
        problem(send("PATCH", "/boxes/nobody@demo.test", "{}"), 404);
    }

    @Test
    void deletes() {
        MockHttpResponse gone = send("DELETE", "/boxes/alice@demo.test", null);

        assertThat(gone.getStatus()).isEqualTo(204);
        assertThat(content(gone)).isEmpty();
        problem(send("DELETE", "/boxes/alice@demo.test", null), 404);
        problem(send("DELETE", "/boxes/admin@demo.test", null), 409, "email");
        problem(send("GET", "/boxes/alice@demo.test", null), 404);
    }

    @Test
    void administersDomains() {
        assertThat(send("POST", "/domains", "{\"name\":\"demo.test\"}").getStatus())
                .isEqualTo(201);
        assertThat(send("GET", "/domains/demo.test", null).getStatus()).isEqualTo(200);
        assertThat(send("PATCH", "/domains/demo.test", "{\"disabled\":true}").getStatus())
                .isEqualTo(200);
        problem(send("DELETE", "/domains/demo.test", null), 409, "name");
        problem(send("DELETE", "/domains/demo.test?cascade=yes", null), 400, "cascade");
        assertThat(send("DELETE", "/domains/demo.test?cascade=true", null).getStatus())
                .isEqualTo(204);
        assertThat(services.asked)
                .containsExactly(
                        "create domain demo.test",
                        "change domain demo.test DomainChange[disabled=Optional[true], aliasOf=Optional.empty,"
                                + " forwardTo=Optional.empty, catchAll=Optional.empty]",
                        "delete domain demo.test false",
                        "delete domain demo.test true");
        problem(send("GET", "/domains/other.test", null), 404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"catchAll\":\"a@b.test\"};.empty,.empty,[a@b.test]",
                "{\"forwardTo\":\"b.test\",\"aliasOf\":\"\"};[],[b.test],.empty",
                "{\"domainBin\":true,\"domainBinAddress\":\"a@b.test\",\"forward\":false,\"forwardDomain\":\"x.test\"};.empty,[],[a@b.test]",
                "{\"forward\":true,\"forwardDomain\":\"b.test\",\"domainBin\":false};.empty,[b.test],[]",
            })
    void readsTheRulesOfADomainUnderOurNamesAndPosteIos(String body, String expected) {
        String[] rules = expected.split(",");
        assertThat(send("PATCH", "/domains/demo.test", body).getStatus()).isEqualTo(200);
        assertThat(services.asked.getLast())
                .endsWith("aliasOf=Optional" + rules[0] + ", forwardTo=Optional" + rules[1] + ", catchAll=Optional"
                        + rules[2] + "]");
    }

    @Test
    void showsTheRulesOfADomain() {
        JsonObject shown = json(send("GET", "/domains/demo.test", null));

        assertThat(shown.getString("alias_of")).isEmpty();
        assertThat(shown.getString("forward_to"))
                .isEqualTo(shown.getString("forward_domain"))
                .isEqualTo("far.test");
        assertThat(shown.getString("catch_all"))
                .isEqualTo(shown.getString("domain_bin_address"))
                .isEqualTo("all@demo.test");
        assertThat(shown.getBoolean("domain_bin")).isTrue();
        assertThat(shown.getBoolean("forward")).isTrue();
    }

    @Test
    void administersAliases() {
        MockHttpResponse made = send("POST", "/aliases", """
                {"email":"team@demo.test","targets":["alice@demo.test","Bob@far.test"],"internalOnly":true}""");
        assertThat(made.getStatus()).isEqualTo(201);
        assertThat(header(made, "Location")).endsWith("/aliases/team@demo.test");
        assertThat(json(made).getJsonArray("targets")).hasToString("[\"alice@demo.test\",\"Bob@far.test\"]");
        assertThat(json(made).getBoolean("internal_only")).isTrue();
        assertThat(send("GET", "/aliases/team@demo.test", null).getStatus()).isEqualTo(200);
        assertThat(json(send("GET", "/aliases?query=te&paging=10", null)).getInt("results_count"))
                .isEqualTo(1);
        assertThat(send("PATCH", "/aliases/team@demo.test", "{\"disabled\":true}")
                        .getStatus())
                .isEqualTo(200);
        assertThat(services.asked.getLast())
                .isEqualTo("change team@demo.test AliasChange[targets=Optional.empty, internalOnly=Optional.empty,"
                        + " disabled=Optional[true]]");
        problem(send("PATCH", "/aliases/team@demo.test", "{\"email\":\"x@demo.test\"}"), 400, "email");
        problem(send("POST", "/aliases", "{\"email\":\"x@demo.test\"}"), 422, "targets");
        assertThat(send("DELETE", "/aliases/team@demo.test", null).getStatus()).isEqualTo(204);
        problem(send("GET", "/aliases/team@demo.test", null), 404);
    }

    @Test
    void tellsNothingOfAFault() {
        assertThat(problem(send("DELETE", "/boxes/fault@demo.test", null), 500)).doesNotContain("secret");
    }

    @Test
    void answersUnknownPathsAndMethodsWithProblems() {
        problem(send("GET", "/nothing", null), 404);
        MockHttpResponse answer = send("DELETE", "/boxes", null);
        problem(answer, 405);
        assertThat(header(answer, "Allow")).contains("GET").contains("POST");
    }

    @Test
    void asksForCredentialsBeforeAnythingElse() throws URISyntaxException {
        for (String path : new String[] {"/boxes", "/boxes/alice@demo.test", "/nothing"}) {
            MockHttpResponse answer = send(MockHttpRequest.get(path));
            problem(answer, 401);
            assertThat(header(answer, "WWW-Authenticate"))
                    .isEqualTo("Basic realm=\"Wildpost administration\", charset=\"UTF-8\"");
        }
        assertThat(services.logins).isEmpty();
    }

    @Test
    void letsOnlyAdministratorsIn() throws URISyntaxException {
        problem(send(MockHttpRequest.get("/boxes").header("Authorization", basic("admin@demo.test:wrong"))), 401);
        problem(send(MockHttpRequest.get("/boxes").header("Authorization", basic("alice@demo.test:wildpost"))), 403);
        assertThat(services.logins).allSatisfy(login -> {
            assertThat(login.protocol()).isEqualTo(MailProtocol.REST);
            assertThat(login.peer().address().getHostAddress()).isEqualTo("192.0.2.7");
            assertThat(login.peer().tls()).isPresent();
        });
        assertThat(services.asked).isEmpty();
    }

    @Test
    void takesNoPasswordOverPlainText() {
        secure = false;

        problem(send("GET", "/boxes", null), 403);
        assertThat(services.logins).isEmpty();
    }

    /** A merge patch gives null another meaning than this interface does, and a JSON patch is a language of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"application/merge-patch+json", "application/json-patch+json", "text/plain"})
    void changesOnlyByPlainJson(String type) {
        MockHttpRequest request = request("PATCH", "/boxes/alice@demo.test")
                .contentType(type)
                .content("{}".getBytes(StandardCharsets.UTF_8));

        problem(send(request), 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void refusesWhatOtherSitesMakeBrowsersSend(String site) {
        problem(send(request("DELETE", "/boxes/alice@demo.test").header("Sec-Fetch-Site", site)), 403);
        assertThat(services.boxes).containsKey("alice@demo.test");
    }

    /** RFC 7617 §2: the scheme in whatever case, all after the first colon is the password, UTF-8. */
    @ParameterizedTest
    @CsvSource({"a@b.test:c:d, a@b.test, c:d", "a@b.test:, a@b.test, ''", ":x, '', x", "a:密码, a, 密码"})
    void readsBasicCredentials(String text, String username, String password) {
        BasicCredentials credentials =
                BasicCredentials.parse(basic(text).replace("Basic", "bAsIc")).orElseThrow();

        assertThat(credentials.username()).isEqualTo(username);
        assertThat(credentials.password().reveal()).isEqualTo(password);
        assertThat(credentials.toString()).doesNotContain("password=" + password + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic !", "Bearer YTpi", "Basic YWI=", "Basic /zph", "Basic YTpiCg=="})
    void refusesWhatIsNotBasic(String field) {
        assertThat(BasicCredentials.parse(field)).isEmpty();
    }

    private MockHttpResponse send(String method, String path, String body) {
        MockHttpRequest request = request(method, path);
        return send(
                body == null
                        ? request
                        : request.contentType("application/json").content(body.getBytes(StandardCharsets.UTF_8)));
    }

    private MockHttpResponse send(MockHttpRequest request) {
        MockHttpResponse answer = new MockHttpResponse();
        dispatcher.invoke(request, answer);
        return answer;
    }

    private static MockHttpRequest request(String method, String path) {
        try {
            return MockHttpRequest.create(method, path).header("Authorization", basic("admin@demo.test:wildpost"));
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Checks that it is a problem (RFC 9457 §3.1) with this status that names these fields. */
    private static String problem(MockHttpResponse answer, int status, String... fields) {
        assertThat(answer.getStatus()).as(content(answer)).isEqualTo(status);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        JsonObject problem = json(answer);
        assertThat(problem.getString("type")).isEqualTo("about:blank");
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(problem.containsKey("errors")).isEqualTo(fields.length > 0);
        if (fields.length > 0) {
            assertThat(problem.getJsonArray("errors").getValuesAs(JsonObject.class))
                    .extracting(error -> error.getString("field"))
                    .containsExactly(fields);
        }
        return content(answer);
    }

    private static JsonObject json(MockHttpResponse answer) {
        try (JsonReader reader = Json.createReader(new StringReader(content(answer)))) {
            return reader.readObject();
        }
    }

    private static String content(MockHttpResponse answer) {
        return new String(answer.getOutput(), StandardCharsets.UTF_8);
    }

    private static String header(MockHttpResponse answer, String name) {
        Object value = answer.getOutputHeaders().getFirst(name);
        return value == null ? "" : value.toString();
    }
}
