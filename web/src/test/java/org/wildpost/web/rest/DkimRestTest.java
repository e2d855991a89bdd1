// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wildpost.web.rest.RestClient.content;
import static org.wildpost.web.rest.RestClient.json;
import static org.wildpost.web.rest.RestClient.problem;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.mock.MockHttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.admin.Refusal.Reason;
import org.wildpost.ejb.submission.DkimAdministration;
import org.wildpost.ejb.submission.DkimView;

/** Keys of domains over REST; who is let in is tested for all resources together. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class DkimRestTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> asked = new ArrayList<>();
    private final DkimResource resource = new DkimResource();
    private final RestClient client = new RestClient(new FakeServices(), resource, domains());

    DkimRestTest() {
        resource.dkim = new Keys();
    }

    private static DomainsResource domains() {
        DomainsResource domains = new DomainsResource();
        domains.domains = new FakeServices().domains;
        return domains;
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void showsTheKeysOfADomainWithTheirRecords() {
        List<JsonObject> keys = keys(client.send("GET", "/domains/demo.test/dkim"));

        assertThat(keys).hasSize(3);
        assertThat(keys.getFirst().getString("selector")).isEqualTo("e20260301");
        assertThat(keys.getFirst().getString("algorithm")).isEqualTo("ed25519-sha256");
        assertThat(keys.getFirst().getString("record_name")).isEqualTo("e20260301._domainkey.demo.test");
        assertThat(keys.getFirst().getString("record")).isEqualTo("v=DKIM1; k=ed25519; p=AAAA");
        assertThat(keys).extracting(key -> key.getString("state")).containsExactly("pending", "active", "retired");
    }

    /** A closed list of fields: none of them can hold a private half. */
    @Test
    void tellsNothingElseOfAKey() {
        List<JsonObject> keys = keys(client.send("GET", "/domains/demo.test/dkim"));

        assertThat(keys.getFirst().keySet())
                .containsExactlyInAnyOrder("selector", "algorithm", "state", "record_name", "record", "created");
        assertThat(keys.get(1).keySet())
                .containsExactlyInAnyOrder(
                        "selector", "algorithm", "state", "record_name", "record", "created", "activated");
        assertThat(keys.getLast().keySet())
                .containsExactlyInAnyOrder(
                        "selector", "algorithm", "state", "record_name", "record", "created", "activated", "retired");
    }

    @Test
    void makesAndActivatesKeysAndShowsThem() {
        assertThat(keys(client.send("PUT", "/domains/demo.test/dkim"))).hasSize(3);
        assertThat(keys(client.send("POST", "/domains/demo.test/dkim/activate")))
                .hasSize(3);

        assertThat(asked).containsExactly("rotate demo.test", "activate demo.test");
    }

    @Test
    void deletesOneKey() {
        MockHttpResponse gone = client.send("DELETE", "/domains/demo.test/dkim/r20260101");

        assertThat(gone.getStatus()).isEqualTo(204);
        assertThat(content(gone)).isEmpty();
        assertThat(asked).containsExactly("delete demo.test r20260101");
    }

    @Test
    void namesWhatIsWrong() {
        problem(client.send("PUT", "/domains/full.test/dkim"), 422, "domain");
        problem(client.send("POST", "/domains/full.test/dkim/activate"), 422, "domain");
    }

    @Test
    void knowsNoOtherDomainsAndKeys() {
        problem(client.send("GET", "/domains/other.test/dkim"), 404);
        problem(client.send("PUT", "/domains/other.test/dkim"), 404);
        problem(client.send("POST", "/domains/other.test/dkim/activate"), 404);
        problem(client.send("DELETE", "/domains/other.test/dkim/r20260101"), 404);
        problem(client.send("DELETE", "/domains/demo.test/dkim/r19990101"), 404);
        problem(client.send("GET", "/domains/demo.test/dkim/r20260101"), 405);
    }

    /** Both resources begin with the same words. */
    @Test
    void leavesTheDomainsThemselvesAlone() {
        assertThat(json(client.send("GET", "/domains/demo.test"), 200).getString("name"))
                .isEqualTo("demo.test");
        assertThat(asked).isEmpty();
    }

    private static List<JsonObject> keys(MockHttpResponse answer) {
        return json(answer, 200).getJsonArray("keys").getValuesAs(JsonObject.class);
    }

    private static DkimView key(String selector, String algorithm, String record, DkimView.State state) {
        return new DkimView(
                selector,
                algorithm,
                state,
                selector + "._domainkey.demo.test",
                record,
                THEN,
                state == DkimView.State.PENDING ? Optional.empty() : Optional.of(THEN.plusSeconds(1)),
                state == DkimView.State.RETIRED ? Optional.of(THEN.plusSeconds(2)) : Optional.empty());
    }

    /** A domain with a key of each state, and one that is full. */
    private final class Keys extends DkimAdministration {
        private final List<DkimView> all = List.of(
                key("e20260301", "ed25519-sha256", "v=DKIM1; k=ed25519; p=AAAA", DkimView.State.PENDING),
                key("r20260201", "rsa-sha256", "v=DKIM1; k=rsa; p=BBBB", DkimView.State.ACTIVE),
                key("r20260101", "rsa-sha256", "v=DKIM1; k=rsa; p=CCCC", DkimView.State.RETIRED));

        @Override
        public Optional<List<DkimView>> list(String domain) {
            return Optional.of(all).filter(_ -> domain.equals("demo.test"));
        }

        @Override
        public Outcome<List<DkimView>> rotate(String domain) {
            return done("rotate", domain, Reason.TOO_MANY);
        }

        @Override
        public Outcome<List<DkimView>> activate(String domain) {
            return done("activate", domain, Reason.MISSING);
        }

        @Override
        public Outcome<DkimView> delete(String domain, String selector) {
            asked.add("delete " + domain + " " + selector);
            return list(domain).orElse(List.of()).stream()
                    .filter(key -> key.selector().equals(selector))
                    .findFirst()
                    .<Outcome<DkimView>>map(Outcome.Done::new)
                    .orElseGet(Outcome.NotFound::new);
        }

        private Outcome<List<DkimView>> done(String question, String domain, Reason refused) {
            asked.add(question + " " + domain);
            return switch (domain) {
                case "demo.test" -> new Outcome.Done<>(all);
                case "full.test" -> Outcome.refused("domain", refused, "not now");
                default -> new Outcome.NotFound<>();
            };
        }
    }
}
