// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import java.util.List;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.QuotaLimits;

/** What an address turns out to be, one step of the way. */
public sealed interface Resolution {
    /** An address elsewhere. */
    Resolution OUTSIDE = new Outside();

    /** An address here that nobody has. */
    Resolution UNKNOWN = new Unknown();

    /** An address here whose holder takes no mail. */
    Resolution DISABLED = new Disabled();

    /** Something whose mail is passed on to other addresses. */
    sealed interface Forwarder extends Resolution {
        /** The address that passes on, without a tag. */
        EmailAddress address();

        /** Where its mail goes. */
        List<EmailAddress> targets();
    }

    /**
     * An account that takes mail.
     *
     * @param address      its own address, without the tag
     * @param targets      where its mail goes too, or instead
     * @param keeps        whether its mailboxes get a copy
     * @param internalOnly whether that is so for this server's own users only
     * @param quota        how much its mailboxes may have
     */
    record Account(
            AccountId account,
            EmailAddress address,
            List<EmailAddress> targets,
            boolean keeps,
            boolean internalOnly,
            QuotaLimits quota)
            implements Forwarder {
        public Account {
            targets = List.copyOf(targets);
        }

        /** One that keeps its mail and redirects nothing. */
        public static Account plain(AccountId account, EmailAddress address) {
            return new Account(account, address, List.of(), true, false, QuotaLimits.NONE);
        }
    }

    /**
     * An alias that takes mail.
     *
     * @param targets      never empty
     * @param internalOnly whether it takes mail of this server's own users only
     */
    record Alias(EmailAddress address, List<EmailAddress> targets, boolean internalOnly) implements Forwarder {
        public Alias {
            targets = List.copyOf(targets);
        }
    }

    /**
     * An address that nobody has, in a domain that passes such mail on: to its catch-all, or to another domain. Also a return path of ours.
     *
     * @param address the address as asked
     */
    record PassedOn(EmailAddress address, EmailAddress to) implements Forwarder {
        @Override
        public List<EmailAddress> targets() {
            return List.of(to);
        }
    }

    /** An address of a domain that is but another name of one: this is the one. */
    record SameAs(EmailAddress address) implements Resolution {}

    /** See {@link #OUTSIDE}. */
    record Outside() implements Resolution {}

    /** See {@link #UNKNOWN}. */
    record Unknown() implements Resolution {}

    /** See {@link #DISABLED}. */
    record Disabled() implements Resolution {}
}
