// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.util.List;

/** A running Wildpost on this machine; its account is made anew over REST. */
final class WildpostImap implements ImapServer {
    private static final String DOMAIN = "imap-bench.test";
    private static final String USER = "owner@" + DOMAIN;
    private static final String PASSWORD = "bench-password-1";

    private final int offset;

    /**
     * Makes the account, an empty one.
     *
     * @param offset        the port offset of the instance
     * @param administrator name and password with a colon between
     */
    WildpostImap(int offset, String administrator) throws IOException {
        this.offset = offset;
        RestClient rest = new RestClient(offset, administrator);
        rest.make("domains", "{\"name\":\"" + DOMAIN + "\"}");
        rest.drop("boxes/" + USER);
        rest.make(
                "boxes", "{\"name\":\"owner\",\"email\":\"" + USER + "\",\"passwordPlaintext\":\"" + PASSWORD + "\"}");
    }

    @Override
    public String name() {
        return "wildpost";
    }

    @Override
    public int port() {
        return 993 + offset;
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    @Override
    public void tidy() throws IOException {
        Processes.collectGarbage(processes());
    }

    @Override
    public List<Long> processes() throws IOException {
        return Processes.ofInstance(port());
    }

    @Override
    public boolean fill(Corpus corpus) {
        return false;
    }

    @Override
    public void close() {}
}
