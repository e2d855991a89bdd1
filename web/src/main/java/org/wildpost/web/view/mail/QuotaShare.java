// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

/**
 * How much of a limit is used up.
 *
 * @param text    for the person
 * @param percent 0 to 100, rounded up; 100 also for more than the limit
 */
public record QuotaShare(String text, long percent) {
    /** From here on it is shown as scarce, in percent. */
    public static final long SCARCE = 90;

    /** What is used of a limit, both in one unit; all of it where nothing is allowed. */
    static QuotaShare of(String text, long used, long limit) {
        return new QuotaShare(text, used >= limit ? 100 : (long) Math.ceil(used * 100.0 / limit));
    }

    /** Whether little or nothing is left. */
    public boolean scarce() {
        return percent >= SCARCE;
    }
}
