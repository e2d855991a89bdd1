// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** REST at /admin/api/v1 as a provisioning script uses it, by curl. */
@ExtendWith(DemoServer.class)
class RestIT {
    private static final String ADMINISTRATOR = "admin@demo.test:wildpost";

    @Test
    void makesChangesAndRemovesADomainAndABox(Instance server) throws IOException {
        String domain = "r" + UUID.randomUUID().toString().substring(0, 8) + ".test";
        String box = "carol@" + domain;
        assertThat(ask(server, ADMINISTRATOR, "POST", "domains", "{\"name\":\"" + domain + "\"}"))
                .endsWith(" 201");
        assertThat(ask(server, ADMINISTRATOR, "POST", "domains", "{\"name\":\"" + domain + "\"}"))
                .contains("\"name\"")
                .endsWith(" 409");
        assertThat(ask(
                        server,
                        ADMINISTRATOR,
                        "POST",
                        "boxes",
                        "{\"name\":\"Carol\",\"email\":\"" + box + "\",\"passwordPlaintext\":\"first-password\"}"))
                .endsWith(" 201");
        assertThat(ask(server, ADMINISTRATOR, "GET", "boxes?query=" + domain, ""))
                .contains("\"page\":1", "\"last_page\":1", "\"results\":[", box)
                .doesNotContain("argon2", "first-password")
                .endsWith(" 200");
        assertThat(ask(server, ADMINISTRATOR, "PATCH", "boxes/" + box, "{\"passwordPlaintext\":\"second-password\"}"))
                .matches("(?s).* 20[04]");

        Tool curl = Tool.installed("curl");
        String inbox = "imaps://127.0.0.1:" + server.port(993) + "/";
        assertThat(curl.run("-sk", "-u", box + ":second-password", inbox).exit())
                .isZero();
        assertThat(curl.run("-sk", "-u", box + ":first-password", inbox).exit()).isNotZero();

        assertThat(ask(server, ADMINISTRATOR, "DELETE", "boxes/" + box, "")).matches("(?s).* 20[04]");
        assertThat(ask(server, ADMINISTRATOR, "GET", "boxes/" + box, "")).endsWith(" 404");
        assertThat(ask(server, ADMINISTRATOR, "DELETE", "domains/" + domain, ""))
                .matches("(?s).* 20[04]");
    }

    @Test
    void restoresWhatWasExpunged(Instance server) throws IOException {
        String box = "kept-" + UUID.randomUUID().toString().substring(0, 8) + "@demo.test";
        assertThat(ask(
                        server,
                        ADMINISTRATOR,
                        "POST",
                        "boxes",
                        "{\"name\":\"Kept\",\"email\":\"" + box + "\",\"passwordPlaintext\":\"a-password\"}"))
                .endsWith(" 201");
        try (ImapWire imap = new ImapWire(server)) {
            imap.command("login " + box + " a-password");
            imap.append("INBOX", "", "Subject: once here\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII));
            imap.command("select INBOX");
            imap.command("store 1 +flags.silent (\\Deleted)");
            imap.command("expunge");
            String kept = ask(server, ADMINISTRATOR, "GET", "boxes/" + box + "/vault", "");
            assertThat(kept).contains("once here").endsWith(" 200");
            String id = kept.replaceAll("(?s).*\"id\":\"(\\d+)\".*", "$1");
            assertThat(ask(
                            server,
                            ADMINISTRATOR,
                            "POST",
                            "boxes/" + box + "/vault/restore",
                            "{\"ids\":[\"" + id + "\"]}"))
                    .contains("\"restored\":1")
                    .endsWith(" 200");
            assertThat(imap.command("noop")).contains("* 1 EXISTS");
            assertThat(ask(server, ADMINISTRATOR, "GET", "boxes/" + box + "/vault", ""))
                    .doesNotContain("once here");
        }
    }

    @Test
    void letsAdministratorsInAndNobodyElse(Instance server) throws IOException {
        assertThat(ask(server, "alice@demo.test:wildpost", "GET", "boxes", "")).endsWith(" 403");
        assertThat(ask(server, "admin@demo.test:wrong", "GET", "boxes", "")).endsWith(" 401");
    }

    @Test
    void namesTheFieldThatIsWrong(Instance server) throws IOException {
        assertThat(ask(
                        server,
                        ADMINISTRATOR,
                        "POST",
                        "boxes",
                        "{\"name\":\"x\",\"email\":\"no address\",\"passwordPlaintext\":\"long-enough\"}"))
                .contains("email")
                .matches("(?s).* 4(00|22)");
        assertThat(ask(server, ADMINISTRATOR, "POST", "domains", "{\"nam\":\"x.test\"}"))
                .contains("nam")
                .matches("(?s).* 4(00|22)");
        assertThat(ask(server, ADMINISTRATOR, "POST", "domains", "{")).endsWith(" 400");
    }

    @Test
    void refusesWhatItDoesNotSpeakAndFindsNothingForOddQueries(Instance server) throws IOException {
        String bob = "https://127.0.0.1:" + server.port(8443) + "/admin/api/v1/boxes/bob@demo.test";
        Tool curl = Tool.installed("curl");
        for (String type : new String[] {"application/merge-patch+json", "application/json-patch+json", "text/plain"}) {
            assertThat(curl.run(
                                    "-sk",
                                    "-X",
                                    "PATCH",
                                    "-u",
                                    ADMINISTRATOR,
                                    "-H",
                                    "Content-Type: " + type,
                                    "-d",
                                    "{}",
                                    "-w",
                                    " %{http_code}",
                                    bob)
                            .output())
                    .as(type)
                    .contains("\"status\":415")
                    .endsWith(" 415");
        }
        assertThat(ask(server, ADMINISTRATOR, "GET", "boxes?query=%00", "")).endsWith(" 200");
        assertThat(ask(server, ADMINISTRATOR, "GET", "domains?query=%00", "")).endsWith(" 200");
    }

    @Test
    void answersHealth(Instance server) throws IOException {
        Tool curl = Tool.installed("curl");
        String health = "http://127.0.0.1:" + server.port(8080) + "/health/ready";
        assertThat(curl.run("-s", "-w", " %{http_code}", health).output()).endsWith(" 200");
    }

    /** The body of the answer, a blank, and its status. */
    private static String ask(Instance server, String user, String method, String resource, String body)
            throws IOException {
        String address = "https://127.0.0.1:" + server.port(8443) + "/admin/api/v1/" + resource;
        String[] common = {
            "-sk", "-X", method, "-u", user, "-H", "Content-Type: application/json", "-w", " %{http_code}", address
        };
        String[] all = common;
        if (!body.isEmpty()) {
            all = java.util.Arrays.copyOf(common, common.length + 2);
            all[common.length] = "-d";
            all[common.length + 1] = body;
        }
        return Tool.installed("curl").run(all).output();
    }
}
