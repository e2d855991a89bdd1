// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import java.io.IOException;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;

/** Signs what leaves for other servers. Safe for all threads. */
public interface Signing {
    /**
     * The DKIM-Signature fields for a message of an author of ours, each with its CRLF; none when the author's domain is not ours or has no key.
     * To be put directly in front of the message, behind the trace fields.
     *
     * @param message as it will leave
     */
    byte[] fields(SpooledMessage message, MessageIndex index) throws IOException;

    /**
     * As {@link #fields}, for what the server itself writes under its own name: when that name has no key, the nearest domain of ours above it signs,
     * which the policies of receivers take for the same house (RFC 6376 §3.5 leaves the choice to the signer).
     *
     * @param message as it will leave
     */
    byte[] fieldsOfServer(SpooledMessage message, MessageIndex index) throws IOException;

    /** Whether a message of these authors gets such fields when it leaves. */
    boolean signs(MessageIndex index);
}
