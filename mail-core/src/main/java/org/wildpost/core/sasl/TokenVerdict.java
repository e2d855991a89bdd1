// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

/** What a token is worth. */
public sealed interface TokenVerdict {
    /**
     * It is good for reading and sending mail of somebody.
     *
     * @param username whose it is: the address of an account here, if there is one
     */
    record Holder(String username) implements TokenVerdict {}

    /** It is not. */
    record Refused(TokenRefusal reason) implements TokenVerdict {}
}
