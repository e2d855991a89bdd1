// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wildpost.web.rest.RestClient.json;
import static org.wildpost.web.rest.RestClient.problem;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.Mailbox;
import org.wildpost.ejb.mailbox.Vault;

/** Restoring expunged messages over REST; who is let in is tested for all resources together. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class VaultRestTest {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    private final List<String> asked = new ArrayList<>();
    private final FakeServices services = new FakeServices();
    private final VaultResource resource = new VaultResource();
    private final RestClient client = new RestClient(services, resource);

    VaultRestTest() {
        resource.accounts = services.accounts;
        resource.vault = new FakeVault();
    }

    private final class FakeVault extends Vault {
        @Override
        public List<Kept> list(AccountId account, long offset, int limit) {
            asked.add("list " + account.value() + " " + offset + " " + limit);
            Envelope envelope = new Envelope(
                    null,
                    "hello",
                    List.of(
                            new Mailbox("=?utf-8?q?B=C3=B6b?=", "bob", "demo.test"),
                            new Mailbox(null, "eve", "demo.test")),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null);
            return List.of(new Kept(5, "Work/2026", THEN, THEN.plusSeconds(60), THEN, 12, envelope, "hello", ""));
        }

        @Override
        public long count(AccountId account) {
            return 51;
        }

        @Override
        public Restored restore(AccountId account, long[] ids) {
            asked.add("restore " + account.value() + " " + Arrays.toString(ids));
            return ids[0] == 9 ? new Restored.OverQuota() : new Restored.Done(1);
        }
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void listsWhatCanBeRestored() {
        JsonObject page = json(client.send("GET", "/boxes/alice@demo.test/vault?page=2&paging=25"), 200);

        assertThat(asked).containsExactly("list 2 25 25");
        assertThat(page.getInt("last_page")).isEqualTo(3);
        JsonObject kept = page.getJsonArray("results").getJsonObject(0);
        assertThat(kept.getString("id")).isEqualTo("5");
        assertThat(kept.getString("mailbox")).isEqualTo("Work/2026");
        assertThat(kept.getJsonArray("from").toString()).isEqualTo("[\"Böb <bob@demo.test>\",\"eve@demo.test\"]");
        assertThat(kept.getString("gone_after")).isEqualTo("2026-01-02T03:05:05Z");
    }

    @Test
    void restores() {
        JsonObject answer =
                json(client.send("POST", "/boxes/alice@demo.test/vault/restore", "{\"ids\":[\"5\",\"6\"]}"), 200);

        assertThat(answer.getInt("restored")).isEqualTo(1);
        assertThat(asked).containsExactly("restore 2 [5, 6]");
        problem(client.send("POST", "/boxes/alice@demo.test/vault/restore", "{\"ids\":\"9\"}"), 409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};422;ids",
                "{\"ids\":[]};422;ids",
                "{\"ids\":[\"x\"]};422;ids",
                "{\"ids\":[5]};400;ids",
                "{\"id\":\"5\"};400;id"
            })
    void namesWhatIsWrong(String body, int status, String field) {
        problem(client.send("POST", "/boxes/alice@demo.test/vault/restore", body), status, field);
        assertThat(asked).isEmpty();
    }

    @Test
    void knowsNoOthers() {
        problem(client.send("GET", "/boxes/nobody@demo.test/vault"), 404);
        problem(client.send("POST", "/boxes/nobody@demo.test/vault/restore", "{\"ids\":[\"5\"]}"), 404);
    }
}
