// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

/**
 * Why something was not done, at one field of what was asked.
 *
 * @param field  the field as REST names it, such as {@code email}
 * @param reason why; faces have their own words for it
 * @param text   why, in English
 */
public record Refusal(String field, Reason reason, String text) {
    /** The kinds of refusal. */
    public enum Reason {
        MISSING(false),
        MALFORMED(false),
        TOO_SHORT(false),
        TOO_LONG(false),
        TOO_MANY(false),
        NO_SUCH_DOMAIN(false),
        CIRCLE(false),
        TAKEN(true),
        ALIAS_DOMAIN(true),
        ONE_RULE(true),
        IN_USE(true),
        NOT_EMPTY(true),
        LAST_ADMINISTRATOR(true);

        private final boolean conflict;

        Reason(boolean conflict) {
            this.conflict = conflict;
        }

        /** Whether the value is fine by itself and only stands against what is stored. */
        public boolean conflict() {
            return conflict;
        }
    }
}
