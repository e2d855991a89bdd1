// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

/** Why a token opens nothing, in the words that a client can act upon (RFC 6750 §3.1, RFC 7628 §3.2.2). */
public enum TokenRefusal {
    /** There was no bearer token where one must stand. */
    INVALID_REQUEST("invalid_request"),
    /** Expired, revoked, malformed, of somebody else: the client gets another one. */
    INVALID_TOKEN("invalid_token"),
    /** Good for something, and not for mail. */
    INSUFFICIENT_SCOPE("insufficient_scope");

    private final String status;

    TokenRefusal(String status) {
        this.status = status;
    }

    /** The registered code. */
    public String status() {
        return status;
    }
}
