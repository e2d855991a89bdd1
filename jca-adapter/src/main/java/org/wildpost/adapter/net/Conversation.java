// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import java.io.IOException;

/** A protocol's talk over one connection, from greeting to farewell, on its own virtual thread. */
@FunctionalInterface
public interface Conversation {
    /** Runs to the end; an {@link IOException} means the client is gone, and only closes the connection. */
    void run(Connection connection) throws IOException;
}
