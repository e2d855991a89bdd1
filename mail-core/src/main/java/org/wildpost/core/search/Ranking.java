// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import org.wildpost.core.summary.SummaryRow;

/** How well messages fit a search that has fuzzy keys (RFC 6203 §4). Safe for all threads. */
@FunctionalInterface
public interface Ranking {
    /** The least and the greatest score. */
    int LEAST = 1;

    int MOST = 100;

    /** The score of a message that matches, from {@value #LEAST} to {@value #MOST}. */
    int score(SummaryRow row);
}
