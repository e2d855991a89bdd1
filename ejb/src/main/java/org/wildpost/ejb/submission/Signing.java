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

    /** Whether a message of these authors gets such fields when it leaves. */
    boolean signs(MessageIndex index);
}
