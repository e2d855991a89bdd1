// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an administrator asks a running server over REST. */
record Rest(Instance server) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);

    /** The answer to a GET. */
    String ask(String resource) throws IOException {
        return Tool.installed("curl")
                .run("-sk", "-u", "admin@demo.test:wildpost", address(resource))
                .output();
    }

    /** The answer to another method, with the status behind it. */
    String send(String method, String resource, String body) throws IOException {
        return Tool.installed("curl")
                .run(
                        "-sk",
                        "-X",
                        method,
                        "-u",
                        "admin@demo.test:wildpost",
                        "-H",
                        "Content-Type: application/json",
                        "-w",
                        " %{http_code}",
                        "-d",
                        body,
                        address(resource))
                .output();
    }

    /** Asks until the answer has the words. */
    String await(String resource, String words) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String answer = ask(resource);
        while (!answer.contains(words)) {
            assertThat(System.nanoTime()).as(resource + " says " + answer).isLessThan(deadline);
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
            answer = ask(resource);
        }
        return answer;
    }

    /** Sends a domain's mail to a port of this machine. */
    void route(String domain, int port, String tls) throws IOException {
        smarthost(domain, port, tls, "");
    }

    /**
     * The same to a host that wants to know who sends.
     *
     * @param more fields of JSON, each behind a comma
     * @return the resource of the route
     */
    String smarthost(String domain, int port, String tls, String more) throws IOException {
        String body = "{\"recipientDomain\":\"" + domain + "\",\"host\":\"127.0.0.1\",\"port\":" + port + ",\"tls\":\""
                + tls + "\"" + more + "}";
        String made = send("POST", "routes", body);
        assertThat(made).endsWith(" 201");
        return "routes/" + made.replaceFirst("(?s).*\"id\":(\\d+),.*", "$1");
    }

    /** Waits until the one message to an address is in a state, and gives all that is known of it. */
    String delivery(String recipient, String state) throws IOException {
        String found = await("emails?address=" + recipient, "\"state\":\"" + state + "\"");
        return ask("emails/" + text(found, "id") + "/status");
    }

    /** The first value of a name in an answer. */
    static String text(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        assertThat(matcher.find()).as(name + " in " + json).isTrue();
        return matcher.group(1);
    }

    /** Waits a little, for what cannot be waited for otherwise. */
    static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BETWEEN_QUESTIONS.toMillis()));
    }

    private String address(String resource) {
        return "https://127.0.0.1:" + server.port(8443) + "/admin/api/v1/" + resource;
    }
}
