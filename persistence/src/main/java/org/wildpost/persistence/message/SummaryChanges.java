// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.util.List;

/**
 * What happened to the messages of a mailbox, in one snapshot of the database.
 *
 * @param exists        false when the mailbox is gone
 * @param highestModSeq the sequence that this brings its reader to
 * @param messages      how many there are now
 * @param changed       new and changed ones, in no order
 * @param expunged      UIDs that are gone, in no order
 */
public record SummaryChanges(
        boolean exists, long highestModSeq, long messages, List<StoredSummary> changed, long[] expunged) {}
