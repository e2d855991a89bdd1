// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.https;

/** What came of a request. */
public sealed interface HttpsAnswer {
    /**
     * The server answered.
     *
     * @param status      of three digits (RFC 9110 §15); redirects are not followed
     * @param contentType the media type without parameters, lower case; empty when there is none
     * @param body        within the limit that was asked for
     */
    record Response(int status, String contentType, byte[] body) implements HttpsAnswer {}

    /**
     * It did not.
     *
     * @param reason one line
     */
    record Failed(Stage stage, String reason) implements HttpsAnswer {}

    /** How far a request came. */
    enum Stage {
        /** The name has no address, or nobody knows. */
        NAME,
        /** No address took the connection. */
        CONNECT,
        /** The certificate is not good, or there is no TLS. */
        TLS,
        /** The answer was no HTTP, was too large, or took too long. */
        ANSWER
    }
}
