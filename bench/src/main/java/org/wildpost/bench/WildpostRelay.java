// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running Wildpost on this machine as relay; domain, accounts, keys, route and limits are set over REST. */
final class WildpostRelay implements RelayTarget {
    private static final String DOMAIN = "relay.test";
    private static final String PASSWORD = "bench-password-1";
    private static final String NO_LIMITS =
            "{\"messages_per_hour\":0,\"messages_per_day\":0,\"recipients_per_hour\":0,\"recipients_per_day\":0,\"new_recipients_per_day\":0}";

    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    private final RestClient rest;
    private final int offset;
    private final int accounts;

    /**
     * @param offset        the port offset of the instance
     * @param administrator name and password with a colon between
     */
    WildpostRelay(int offset, String administrator, int accounts, int sink) throws IOException {
        this.offset = offset;
        this.accounts = accounts;
        rest = new RestClient(offset, administrator);
        rest.make("domains", "{\"name\":\"" + DOMAIN + "\"}");
        rest.ask("PATCH", "sending/domains/" + DOMAIN, NO_LIMITS);
        if (!rest.ask("GET", "domains/" + DOMAIN + "/dkim", "").contains("\"active\"")) {
            rest.ask("PUT", "domains/" + DOMAIN + "/dkim", "{}");
        }
        dropSecondSignature(rest);
        for (int i = 0; i < accounts; i++) {
            String owner = owner(i);
            rest.make(
                    "boxes",
                    "{\"name\":\"user " + i + "\",\"email\":\"" + owner + "\",\"passwordPlaintext\":\"" + PASSWORD
                            + "\"}");
            rest.ask("PATCH", "sending/boxes/" + owner, NO_LIMITS);
        }
        route("sink.test", sink);
    }

    /** The peer signs with RSA alone, and so do we here: the same work. */
    private static void dropSecondSignature(RestClient rest) throws IOException {
        String keys = rest.ask("GET", "domains/" + DOMAIN + "/dkim", "");
        int at = keys.indexOf("\"selector\":\"e");
        if (at >= 0) {
            int from = at + "\"selector\":\"".length();
            String selector = keys.substring(from, keys.indexOf('"', from));
            rest.ask("DELETE", "domains/" + DOMAIN + "/dkim/" + selector, "");
        }
    }

    /** The sink of this run; a route of the run before leads to a port where nobody listens any more. */
    void route(String domain, int sink) throws IOException {
        route("recipientDomain", domain, sink);
    }

    /** Whatever has no route of its own. */
    void routeEverything(int sink) throws IOException {
        route("senderDomain", DOMAIN, sink);
    }

    private void route(String field, String domain, int sink) throws IOException {
        Matcher old = ID.matcher(rest.ask("GET", "routes?query=" + domain, ""));
        while (old.find()) {
            rest.ask("DELETE", "routes/" + old.group(1), "");
        }
        rest.make(
                "routes",
                "{\"" + field + "\":\"" + domain + "\",\"host\":\"127.0.0.1\",\"tls\":\"none\",\"port\":" + sink + "}");
    }

    @Override
    public String name() {
        return "wildpost";
    }

    @Override
    public int submissionPort() {
        return 587 + offset;
    }

    @Override
    public String owner(int number) {
        return "user" + number % accounts + "@" + DOMAIN;
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    @Override
    public void close() {}
}
