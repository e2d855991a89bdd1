// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.login;

import java.util.Optional;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.listener.Authentication;
import org.wildpost.core.listener.NamedServer;
import org.wildpost.core.sasl.TokenIssuer;

/**
 * What the beans say of the server when a connection begins, in one question.
 *
 * @param hostname what the server calls itself
 * @param tokens   where tokens come from, when somebody verifies them
 */
public record Introduction(String hostname, Optional<TokenIssuer> tokens) {
    /**
     * Asks; a greeting waits for nobody, so that without an answer the activation's name holds.
     *
     * @param activated the name of the activation
     */
    public static <L extends NamedServer & Authentication> Introduction of(Endpoints<L> endpoints, String activated) {
        try {
            return endpoints.ask(
                    listener -> new Introduction(listener.hostname().orElse(activated), listener.tokenIssuer()));
        } catch (Endpoints.ServiceUnavailableException e) {
            return new Introduction(activated, Optional.empty());
        }
    }
}
