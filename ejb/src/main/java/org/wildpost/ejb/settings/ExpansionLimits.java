// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

/**
 * How far one forward-path may lead.
 *
 * @param addresses that it stands for, on all levels together
 * @param depth     levels below the forward-path
 */
public record ExpansionLimits(int addresses, int depth) {
    /** When nothing is set. */
    public static final ExpansionLimits DEFAULT = new ExpansionLimits(1000, 10);
}
