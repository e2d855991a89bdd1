// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wildpost.web.rest.RestClient.json;
import static org.wildpost.web.rest.RestClient.problem;

import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.Quota;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.ejb.mailbox.Quotas;

/** The quota of an account over REST; who is let in is tested for all resources together. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class BoxQuotaRestTest {
    private static final String PATH = "/boxes/alice@demo.test/quota";

    private final FakeServices services = new FakeServices();
    private final BoxQuotaResource resource = new BoxQuotaResource();
    private final RestClient client = new RestClient(services, resource);
    private QuotaLimits limits = QuotaLimits.NONE;

    BoxQuotaRestTest() {
        resource.accounts = services.accounts;
        resource.quotas = new Quotas() {
            @Override
            public Quota of(AccountId account) {
                assertThat(account.value()).isEqualTo(2);
                return new Quota("#user/alice@demo.test", new QuotaAmount(3 * 1024 * 1024 + 1, 17), limits);
            }

            @Override
            public void limit(AccountId account, QuotaLimits now) {
                assertThat(account.value()).isEqualTo(2);
                limits = now;
            }
        };
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void tellsWhatThereIsAndMayBe() {
        assertThat(json(client.send("GET", PATH), 200).toString())
                .isEqualTo("{\"storage_limit\":0,\"storage_usage\":4,\"count_limit\":0,\"count_usage\":17}");
    }

    @Test
    void changesTheLimitsThatAreNamed() {
        json(client.send("PATCH", PATH, "{\"storageLimit\":5000,\"countLimit\":100}"), 200);
        assertThat(limits).isEqualTo(new QuotaLimits(OptionalLong.of(5_000L * 1024 * 1024), OptionalLong.of(100)));

        json(client.send("PATCH", PATH, "{\"storageLimit\":0}"), 200);
        assertThat(limits).isEqualTo(new QuotaLimits(OptionalLong.empty(), OptionalLong.of(100)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"storageLimit\":-1};422;storageLimit",
                "{\"countLimit\":\"x\"};400;countLimit",
                "{\"quota\":5};400;quota"
            })
    void namesWhatIsWrong(String body, int status, String field) {
        problem(client.send("PATCH", PATH, body), status, field);
        assertThat(limits).isEqualTo(QuotaLimits.NONE);
    }

    @Test
    void knowsNoOthers() {
        problem(client.send("GET", "/boxes/nobody@demo.test/quota"), 404);
    }
}
