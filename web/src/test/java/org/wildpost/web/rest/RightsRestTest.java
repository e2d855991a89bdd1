// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wildpost.web.rest.RestClient.json;
import static org.wildpost.web.rest.RestClient.problem;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.acl.AccessEntry;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.AccessResult;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.ejb.mailbox.GuardedMail;

/** Rights on mailboxes over REST (RFC 4314); who is let in is tested for all resources together. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class RightsRestTest {
    private static final String PATH = "/boxes/alice@demo.test/rights?mailbox=Work/2026";

    private final List<String> asked = new ArrayList<>();
    private final FakeServices services = new FakeServices();
    private final RightsResource resource = new RightsResource();
    private final RestClient client = new RestClient(services, resource);

    RightsRestTest() {
        resource.accounts = services.accounts;
        resource.mail = new FakeMail();
    }

    private final class FakeMail extends GuardedMail {
        @Override
        public AccessResult accessList(AccountId account, MailboxName name) {
            // Whoever and whatever is asked for in vain must be refused before.
            if (name.value().equals("None")) {
                return new AccessResult.NoSuchMailbox();
            }
            Rights rights = Rights.of(Right.LOOKUP, Right.EXPUNGE);
            return new AccessResult.Listed(
                    name, "alice@demo.test", List.of(new AccessEntry(new Identifier(true, Optional.empty()), rights)));
        }

        @Override
        public AccessResult grantAnybody(
                AccountId account, MailboxName name, Identifier identifier, RightsChange change) {
            asked.add(account.value() + " " + name + " " + identifier + " " + change.mode() + " " + change.rights());
            return switch (identifier.text()) {
                case "nobody@demo.test" -> new AccessResult.NoSuchIdentifier();
                case "alice@demo.test" -> new AccessResult.NotAllowed("the owner has all rights");
                default -> new AccessResult.Done();
            };
        }
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void listsTheEntries() {
        JsonObject list = json(client.send("GET", PATH), 200);

        assertThat(list.getString("mailbox")).isEqualTo("Work/2026");
        assertThat(list.getString("owner")).isEqualTo("alice@demo.test");
        assertThat(list.getJsonArray("entries").toString())
                .isEqualTo("[{\"identifier\":\"-anyone\",\"rights\":\"le\"}]");
    }

    @Test
    void givesAndTakesRights() {
        json(client.send("PUT", PATH, "{\"identifier\":\"Bob@demo.test\",\"rights\":\"+lrs\"}"), 200);
        json(client.send("DELETE", PATH + "&identifier=bob@demo.test"), 200);

        assertThat(asked).containsExactly("2 Work/2026 bob@demo.test ADD lrs", "2 Work/2026 bob@demo.test REPLACE ");
        problem(client.send("PUT", PATH, "{\"identifier\":\"alice@demo.test\",\"rights\":\"l\"}"), 409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};422;rights",
                "{\"rights\":\"lr\"};422;identifier",
                "{\"identifier\":\"bob@demo.test\",\"rights\":\"lq\"};422;rights",
                "{\"identifier\":\"nobody@demo.test\",\"rights\":\"l\"};422;identifier",
                "{\"identifier\":5};400;identifier",
                "{\"who\":\"anyone\"};400;who"
            })
    void namesWhatIsWrong(String body, int status, String field) {
        problem(client.send("PUT", PATH, body), status, field);
    }

    @ParameterizedTest
    @CsvSource({
        "/boxes/nobody@demo.test/rights",
        "/boxes/alice@demo.test/rights?mailbox=None",
        "/boxes/alice@demo.test/rights?mailbox=Other%20Users/bob@demo.test/INBOX",
        "/boxes/alice@demo.test/rights?mailbox=a//b"
    })
    void knowsNoOthers(String path) {
        problem(client.send("GET", path), 404);
    }
}
