// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.srs;

import org.wildpost.core.address.EmailAddress;

/** What a return path of this scheme turns out to be when something comes back to it. */
public sealed interface SrsReversal {
    /** It was made here, for this sender; or for this return path of the server that passed the mail on before. */
    record Sender(EmailAddress address) implements SrsReversal {}

    /** It was made here, for the sender that is kept under this key. */
    record Kept(String key) implements SrsReversal {}

    /** It was made here too long ago. */
    record Expired() implements SrsReversal {}

    /** It was not made here. */
    record Forged() implements SrsReversal {}
}
