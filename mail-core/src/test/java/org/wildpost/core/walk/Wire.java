// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.walk;

import java.io.IOException;

/** A connection to an IMAP server, logged in. */
public interface Wire extends AutoCloseable {
    /** Sends octets as Latin-1. */
    void send(String octets) throws IOException;

    /** The next line without its end; fails when none comes in a few seconds. */
    String line() throws IOException;

    @Override
    void close();

    /** Opens connections. */
    @FunctionalInterface
    interface Opener {
        Wire open() throws IOException;
    }
}
