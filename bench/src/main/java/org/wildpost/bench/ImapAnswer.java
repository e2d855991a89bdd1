// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;

/**
 * What came back to one command.
 *
 * @param tagged   the tagged response without its tag
 * @param fetched  untagged FETCH responses
 * @param expunged untagged EXPUNGE responses
 * @param literals octets of all literals
 */
record ImapAnswer(String tagged, long fetched, long expunged, long literals) {
    boolean ok() {
        return tagged.startsWith("OK");
    }

    /**
     * This answer, when it says OK.
     *
     * @throws IOException when the server refused
     */
    ImapAnswer orThrow() throws IOException {
        if (!ok()) {
            throw new IOException("the server said: " + tagged);
        }
        return this;
    }
}
