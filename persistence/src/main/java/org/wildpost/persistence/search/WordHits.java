// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.search;

/**
 * What the index of words knows about a text: UIDs, ascending, no UID in both.
 *
 * @param sure     messages that have it
 * @param unsure   messages that may have it
 * @param complete whether no other indexed message has it; else any of them may
 */
public record WordHits(long[] sure, long[] unsure, boolean complete) {}
