// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wildpost.web.rest.RestClient.json;
import static org.wildpost.web.rest.RestClient.problem;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.ejb.submission.SendingAdministration;

/** Limits of sending over REST; who is let in is tested for all resources together. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class SendingRestTest {
    private static final String UNCHANGED = "strictFrom=Optional.empty, frozen=Optional.empty, ceilings={}]";

    private final FakeSending fake = new FakeSending();
    private final SendingResource resource = new SendingResource();
    private final RestClient client = new RestClient(new FakeServices(), resource);

    SendingRestTest() {
        resource.sending = fake.administration;
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void showsWhatAnAccountMaySendAndSent() {
        JsonObject box = json(client.send("GET", "/sending/boxes/alice@demo.test"), 200);

        assertThat(box.keySet()).containsExactlyInAnyOrder("strict_from", "frozen", "frozen_reason", "limits", "used");
        assertThat(box.getBoolean("strict_from")).isTrue();
        assertThat(box.getBoolean("frozen")).isTrue();
        assertThat(box.getString("frozen_reason")).isEqualTo("too much");
        assertThat(box.getJsonObject("limits").getInt("messages_per_hour")).isEqualTo(300);
        assertThat(box.getJsonObject("limits").keySet())
                .containsExactlyInAnyOrder(
                        "messages_per_hour",
                        "messages_per_day",
                        "recipients_per_hour",
                        "recipients_per_day",
                        "new_recipients_per_day",
                        "refusals_until_frozen");
        assertThat(box.getJsonObject("used").getInt("messages_per_hour")).isEqualTo(7);
        assertThat(box.getJsonObject("used").getInt("recipients_per_day")).isZero();
    }

    @Test
    void showsDomainsAndTheServerWithoutWhatOnlyAccountsHave() {
        for (String path : new String[] {"/sending", "/sending/domains/demo.test"}) {
            JsonObject shown = json(client.send("GET", path), 200);
            assertThat(shown.keySet()).as(path).containsExactlyInAnyOrder("limits", "used");
        }
    }

    @Test
    void changesOnlyWhatTheBodyHas() {
        json(client.send("PATCH", "/sending", "{}"), 200);
        json(client.send("PATCH", "/sending/domains/demo.test", "{\"messages_per_day\":null}"), 200);
        json(client.send("PATCH", "/sending/boxes/alice@demo.test", "{\"strictFrom\":false,\"frozen\":true}"), 200);

        assertThat(fake.asked)
                .containsExactly(
                        "server SendingChange[" + UNCHANGED,
                        "domain demo.test SendingChange[" + UNCHANGED,
                        "account alice@demo.test SendingChange[strictFrom=Optional[false], frozen=Optional[true], ceilings={}]");
    }

    /** -1 brings the default back, 0 is no limit. */
    @ParameterizedTest
    @CsvSource({"-1, OptionalLong.empty", "0, OptionalLong[0]", "12, OptionalLong[12]"})
    void setsALimit(String number, String limit) {
        String body = "{\"recipients_per_hour\":" + number + "}";
        for (String path : new String[] {"", "/domains/demo.test", "/boxes/alice@demo.test"}) {
            json(client.send("PATCH", "/sending" + path, body), 200);
        }

        assertThat(fake.asked)
                .hasSize(3)
                .allMatch(change -> change.endsWith("ceilings={RECIPIENTS_PER_HOUR=" + limit + "}]"));
    }

    /** The service itself refuses; it needs no database for that. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/domains/demo.test", "/boxes/alice@demo.test"})
    void namesTheLimitThatIsOutOfRange(String path) {
        resource.sending = new SendingAdministration();

        problem(client.send("PATCH", "/sending" + path, "{\"messages_per_hour\":-2}"), 422, "messages_per_hour");
        problem(
                client.send("PATCH", "/sending" + path, "{\"new_recipients_per_day\":1000000001}"),
                422,
                "new_recipients_per_day");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/boxes/alice@demo.test;{\"messages_per_hour\":\"5\"};messages_per_hour",
                "/boxes/alice@demo.test;{\"messages_per_hour\":1.5,\"frozen\":1};messages_per_hour,frozen",
                "/boxes/alice@demo.test;{\"strictFrom\":\"yes\"};strictFrom",
                "/boxes/alice@demo.test;{\"strict_from\":true};strict_from",
                "/domains/demo.test;{\"frozen\":true};frozen",
                "'';{\"strictFrom\":true,\"messages\":1};strictFrom,messages",
                "'';{\"messages_per_day\":99999999999};messages_per_day",
            })
    void namesFieldsThatAreUnknownOrOfAnotherType(String path, String body, String fields) {
        problem(client.send("PATCH", "/sending" + path, body), 400, fields.split(",", -1));
        assertThat(fake.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/domains/other.test", "/boxes/nobody@demo.test", "/boxes/nobody"})
    void knowsNoOthers(String path) {
        problem(client.send("GET", "/sending" + path), 404);
        problem(client.send("PATCH", "/sending" + path, "{\"messages_per_day\":1}"), 404);
    }
}
