// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import java.util.Locale;
import org.wildpost.persistence.sending.Ceilings.Scope;
import org.wildpost.persistence.sending.SendingUsage;

/** What is limited when owners send; each has a default for an account, a domain and the server, where 0 means no limit. */
public enum SendingLimit {
    /** Messages in the running hour. */
    MESSAGES_PER_HOUR("messages per hour", Period.HOUR, 300, 3_000, 0) {
        @Override
        long used(SendingUsage usage) {
            return usage.messagesHour();
        }
    },
    /** Messages in the last twenty-four hours. */
    MESSAGES_PER_DAY("messages per day", Period.DAY, 2_000, 20_000, 0) {
        @Override
        long used(SendingUsage usage) {
            return usage.messagesDay();
        }
    },
    /** Recipients in the running hour. */
    RECIPIENTS_PER_HOUR("recipients per hour", Period.HOUR, 1_000, 10_000, 0) {
        @Override
        long used(SendingUsage usage) {
            return usage.recipientsHour();
        }
    },
    /** Recipients in the last twenty-four hours. */
    RECIPIENTS_PER_DAY("recipients per day", Period.DAY, 5_000, 50_000, 0) {
        @Override
        long used(SendingUsage usage) {
            return usage.recipientsDay();
        }
    },
    /** Recipients elsewhere to whom the account never wrote before, in the last twenty-four hours. */
    NEW_RECIPIENTS_PER_DAY("new recipients per day", Period.DAY, 500, 5_000, 0) {
        @Override
        long used(SendingUsage usage) {
            return usage.newRecipientsDay();
        }
    },
    /** Refusals by the limits above in the running hour; whoever goes on like that is frozen. Of accounts only. */
    REFUSALS_UNTIL_FROZEN("refusals until sending is frozen", Period.HOUR, 100, 0, 0) {
        @Override
        long used(SendingUsage usage) {
            return usage.refused();
        }
    };

    /** When a limit that is reached has room again. */
    enum Period {
        HOUR,
        DAY
    }

    private final String words;
    private final Period period;
    private final long account;
    private final long domain;
    private final long server;

    SendingLimit(String words, Period period, long account, long domain, long server) {
        this.words = words;
        this.period = period;
        this.account = account;
        this.domain = domain;
        this.server = server;
    }

    abstract long used(SendingUsage usage);

    /** For replies and notices. */
    String words() {
        return words;
    }

    Period period() {
        return period;
    }

    /** What holds where nothing is set; 0: no limit. */
    public long defaultOf(Scope scope) {
        return switch (scope) {
            case ACCOUNT -> account;
            case DOMAIN -> domain;
            case SERVER -> server;
        };
    }

    /** Such as {@code messages_per_hour}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
