// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.List;

/**
 * A mailbox at one moment, consistent in itself: the four columns have one entry per message, ascending by UID.
 *
 * @param status      the counters of the same moment
 * @param uids        UIDs, ascending
 * @param systemFlags the mask of {@link org.wildpost.core.message.SystemFlag} bits
 * @param keywords    the keywords; the same list instance may stand in many places
 * @param modSeqs     modification sequences
 */
public record MailboxSnapshot(
        MailboxStatus status, long[] uids, int[] systemFlags, List<List<String>> keywords, long[] modSeqs) {}
