// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import java.io.Serializable;
import java.util.List;

/** Where a message list gets its lines: keyset pages, newest first. */
interface MessagePages extends Serializable {
    /** How many lines there are. */
    int count();

    /** At most {@code limit} lines with a UID below {@code beforeUid}. */
    List<MessageLine> lines(long beforeUid, int limit);

    /** The UIDs of the lines that {@link #lines} would give. */
    long[] uids(long beforeUid, int limit);
}
