// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.mailbox;

/**
 * What a change of a mailbox was given.
 *
 * @param firstUid the first of the new UIDs; the others follow without a gap
 * @param modSeq   the modification sequence of all that changed
 */
public record Allocation(long uidValidity, long firstUid, long modSeq) {}
