// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.sending;

/**
 * What was sent in the running hour and in the twenty-four hours that end with it.
 *
 * @param refused messages and recipients that a limit refused, in the running hour
 */
public record SendingUsage(
        long messagesHour,
        long recipientsHour,
        long messagesDay,
        long recipientsDay,
        long newRecipientsDay,
        long refused) {
    /** Nothing yet. */
    public static final SendingUsage NONE = new SendingUsage(0, 0, 0, 0, 0, 0);

    /** With a message more. */
    public SendingUsage plus(int recipients, int newRecipients) {
        return new SendingUsage(
                messagesHour + 1,
                recipientsHour + recipients,
                messagesDay + 1,
                recipientsDay + recipients,
                newRecipientsDay + newRecipients,
                refused);
    }

    /** With a refusal more. */
    public SendingUsage plusRefusal() {
        return new SendingUsage(
                messagesHour, recipientsHour, messagesDay, recipientsDay, newRecipientsDay, refused + 1);
    }
}
