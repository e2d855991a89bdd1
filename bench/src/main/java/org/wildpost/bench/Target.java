// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.util.List;

/** A server that is measured. */
interface Target extends AutoCloseable {
    String name();

    /** The port of SMTP on loopback. */
    int smtpPort();

    /** Addresses that it serves. */
    List<String> recipients();

    /** Messages in all mailboxes of the recipients now. */
    long stored() throws IOException;

    @Override
    void close() throws IOException;
}
