// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import org.wildpost.core.mime.MimePart;

/** A message whose content is looked at; what it costs is paid when it is asked. For one thread. */
public interface MessageOctets {
    /** The structure, offsets those of the whole message. */
    MimePart structure();

    /** Octets of the message; fewer at its end. */
    byte[] octets(long offset, int length);
}
