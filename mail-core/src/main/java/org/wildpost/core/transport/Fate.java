// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

/** What became of one recipient at one host. */
public sealed interface Fate {
    /** The enhanced status code (RFC 3463). */
    String status();

    /** The peer's words, or ours when it said nothing; one line. */
    String text();

    /** What may still be tried at once. */
    Chance chance();

    /**
     * The host took the message for this recipient.
     *
     * @param relayedDsn      whether it was told which notifications are wanted (RFC 3461 §5.2.2)
     * @param watchesDeadline whether it looks at the sender's deadline, or there is none to look at (RFC 2852 §4.1.4)
     */
    record Taken(String status, String text, boolean relayedDsn, boolean watchesDeadline) implements Fate {
        @Override
        public Chance chance() {
            return Chance.NONE;
        }
    }

    /** Not now. */
    record Later(String status, String text, Scope scope, Chance chance) implements Fate {}

    /** Not at this host, however often. */
    record Never(String status, String text, Chance chance) implements Fate {}

    /** Whom else it would hit. */
    enum Scope {
        RECIPIENT,
        MESSAGE,
        HOST
    }

    /** What may be tried at once. */
    enum Chance {
        NONE,
        /** Another transaction: this one had recipients enough (RFC 5321 §4.5.3.1.10). */
        OTHER_TRANSACTION,
        /** Another host or another connection: of the message nothing was taken. */
        OTHER_HOST
    }

    /** The host cannot be used now. */
    static Later hostFails(String status, String text) {
        return new Later(status, text, Scope.HOST, Chance.OTHER_HOST);
    }
}
