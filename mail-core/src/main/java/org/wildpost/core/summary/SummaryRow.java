// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.summary;

import org.wildpost.core.message.Flags;

/** One message of a mailbox in one state of its flags. */
public record SummaryRow(long uid, Flags flags, long modSeq, MessageSummary summary) {}
