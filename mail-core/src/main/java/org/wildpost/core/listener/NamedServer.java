// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener;

import java.util.Optional;

/** What every listener says about the server that it stands for. */
public interface NamedServer {
    /**
     * What the server calls itself now (RFC 5321 §4.3.1); asked for each connection, so that a new name holds at once.
     *
     * @return a domain name in A-labels, empty when the name of the activation holds
     */
    default Optional<String> hostname() {
        return Optional.empty();
    }
}
