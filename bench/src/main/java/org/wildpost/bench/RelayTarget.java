// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;

/** A server that owners submit to and that relays to a sink, signed with DKIM. */
interface RelayTarget extends AutoCloseable {
    String name();

    /** The port of submission on loopback: STARTTLS, then AUTH PLAIN. */
    int submissionPort();

    /** The address, and login name, of an owner. */
    String owner(int number);

    String password();

    @Override
    void close() throws IOException;
}
