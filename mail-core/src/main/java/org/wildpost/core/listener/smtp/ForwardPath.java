// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.address.EmailAddress;

/**
 * The argument of RCPT TO with its parameters.
 *
 * @param address  the recipient
 * @param notice   when a notification is wanted (RFC 3461 §4.1); the default is failure and delay, and is not passed on as a parameter
 * @param original ORCPT (RFC 3461 §4.2), if given
 */
public record ForwardPath(EmailAddress address, Notify notice, Optional<OriginalRecipient> original) {
    /**
     * NOTIFY.
     *
     * @param events none of them: NEVER
     * @param given  whether the parameter was there, so that a next hop is told too
     */
    public record Notify(Set<Event> events, boolean given) {
        /** What a server does when nothing was asked (RFC 3461 §4.1). */
        public static final Notify DEFAULT = new Notify(EnumSet.of(Event.FAILURE, Event.DELAY), false);

        /** No notification whatever happens. */
        public static final Notify NEVER = new Notify(EnumSet.noneOf(Event.class), true);

        public Notify {
            events = Set.copyOf(events);
        }

        /** Whether this is to be told. */
        public boolean wants(Event event) {
            return events.contains(event);
        }
    }

    /** What can be notified of (RFC 3461 §4.1). */
    public enum Event {
        SUCCESS,
        FAILURE,
        DELAY
    }

    /**
     * @param type    the address type, such as {@code rfc822}
     * @param address decoded from xtext or utf-8-addr-xtext (RFC 6533 §3)
     */
    public record OriginalRecipient(String type, String address) {}

    /** A recipient without parameters. */
    public static ForwardPath of(EmailAddress address) {
        return new ForwardPath(address, Notify.DEFAULT, Optional.empty());
    }
}
