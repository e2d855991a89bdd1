// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.util.EnumSet;
import java.util.Set;
import org.wildpost.core.listener.smtp.ForwardPath.Event;
import org.wildpost.core.listener.smtp.ForwardPath.Notify;

/** NOTIFY (RFC 3461 §4.1) as a stored number; the bits never change, for rows carry them. */
final class NotifyBits {
    private static final int SUCCESS = 1;
    private static final int FAILURE = 2;
    private static final int DELAY = 4;
    private static final int GIVEN = 8;

    private NotifyBits() {}

    static int of(Notify notify) {
        int bits = notify.given() ? GIVEN : 0;
        for (Event event : notify.events()) {
            bits |= bit(event);
        }
        return bits;
    }

    static Notify read(int bits) {
        Set<Event> events = EnumSet.noneOf(Event.class);
        for (Event event : Event.values()) {
            if ((bits & bit(event)) != 0) {
                events.add(event);
            }
        }
        return new Notify(events, (bits & GIVEN) != 0);
    }

    private static int bit(Event event) {
        return switch (event) {
            case SUCCESS -> SUCCESS;
            case FAILURE -> FAILURE;
            case DELAY -> DELAY;
        };
    }
}
