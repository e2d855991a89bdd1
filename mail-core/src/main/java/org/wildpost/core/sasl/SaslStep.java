// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import org.wildpost.core.listener.LoginResult;

/** What a mechanism wants after each message of the client. */
public sealed interface SaslStep {
    /** Send these octets, as they are before Base64, and wait for the client's answer. */
    record Challenge(byte[] octets) implements SaslStep {}

    /** The exchange is over and the account was asked for: the result says whether it may enter. */
    record Finished(LoginResult result) implements SaslStep {}

    /**
     * The client broke the mechanism's grammar; no login was tried.
     *
     * @param reason what was wrong, ASCII, without any secret
     */
    record Malformed(String reason) implements SaslStep {}
}
