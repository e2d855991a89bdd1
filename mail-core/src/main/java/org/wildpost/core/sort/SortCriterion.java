// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sort;

/** One criterion of an order; of messages that are equal in all of them the one with the lower UID comes first, whatever is reversed (RFC 5256 §3). */
public record SortCriterion(SortKey key, boolean reverse) {}
