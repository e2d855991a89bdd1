// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import java.net.URI;
import java.util.Optional;

/**
 * Where a client gets a token that is good here; told with each refusal (RFC 7628 §3.2.2).
 *
 * @param scope         what to ask for (RFC 6749 §3.3)
 * @param configuration the document that describes the issuer (OpenID Connect Discovery)
 */
public record TokenIssuer(Optional<String> scope, Optional<URI> configuration) {
    /** RFC 6749 §3.3: words of visible ASCII without quotes and backslashes, so that they can stand in JSON as they are. */
    private static final String SCOPE = "[\\x21\\x23-\\x5b\\x5d-\\x7e]+( [\\x21\\x23-\\x5b\\x5d-\\x7e]+)*";

    public TokenIssuer {
        if (scope.filter(words -> !words.matches(SCOPE)).isPresent()) {
            throw new IllegalArgumentException("not a scope of RFC 6749: " + scope.get());
        }
    }
}
