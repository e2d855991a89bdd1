// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.util.List;

/** An IMAP server that is measured, on loopback. */
interface ImapServer extends AutoCloseable {
    String name();

    /** The port where TLS comes first. */
    int port();

    /** The account whose mailboxes are measured; it is empty when this object is new. */
    String user();

    String password();

    /** Gives back memory that only waits to be used again, where the server can be told to. */
    void tidy() throws IOException;

    /** All processes of it. */
    List<Long> processes() throws IOException;

    /**
     * Fills INBOX on a way around IMAP, where there is one.
     *
     * @return false where there is none
     */
    boolean fill(Corpus corpus) throws IOException;

    @Override
    void close() throws IOException;
}
