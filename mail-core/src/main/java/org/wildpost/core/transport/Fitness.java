// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.wildpost.core.listener.smtp.MailOptions;

/**
 * Whether a host can take a message at all, seen before anything of it is said. What a host without 8BITMIME gets is {@link EightBit}'s matter.
 */
final class Fitness {
    private Fitness() {}

    /**
     * Why not; empty when it can.
     *
     * @param proved whether the host proved by TLS who it is
     */
    static Optional<Fate> objection(Mailing mailing, Extensions extensions, boolean proved, Instant now) {
        if (mailing.requireTls() && !proved) {
            return never("5.7.10", "the sender demands proved TLS, and the host did not prove itself");
        }
        if (mailing.requireTls() && !extensions.has(Extension.REQUIRE_TLS)) {
            return never("5.7.30", "the sender demands REQUIRETLS, and the host does not offer it");
        }
        OptionalLong limit = extensions.size();
        if (limit.isPresent() && mailing.content().size() > limit.getAsLong()) {
            return finallyNever(
                    "5.3.4",
                    "the message has " + mailing.content().size() + " octets, the host takes " + limit.getAsLong());
        }
        if (mailing.needsUtf8() && !extensions.has(Extension.UTF8)) {
            return finallyNever("5.6.7", "addresses or header need SMTPUTF8, and the host does not offer it");
        }
        if (mailing.binary() && !(extensions.has(Extension.CHUNKING) && extensions.has(Extension.BINARY))) {
            return finallyNever("5.6.3", "the message is binary, and the host does not offer BINARYMIME");
        }
        return mailing.options().deliverBy().flatMap(by -> deliverBy(by, extensions, now));
    }

    /** What must come back when it is late goes only where somebody looks at the clock (RFC 2852 §4). */
    private static Optional<Fate> deliverBy(MailOptions.DeliverBy by, Extensions extensions, Instant now) {
        if (by.mode() != MailOptions.DeliverBy.Mode.RETURN) {
            return Optional.empty();
        }
        if (!extensions.has(Extension.DELIVER_BY)) {
            return never("5.3.3", "the sender demands DELIVERBY, and the host does not offer it");
        }
        long left = MailCommands.secondsLeft(by, now);
        return left < Math.max(1, extensions.leastDeliverBy())
                ? finallyNever("5.4.7", "the sender's deadline is " + left + " s away, too near for the host")
                : Optional.empty();
    }

    /** Another host of the domain may be able to. */
    private static Optional<Fate> never(String status, String text) {
        return Optional.of(new Fate.Never(status, text, Fate.Chance.OTHER_HOST));
    }

    private static Optional<Fate> finallyNever(String status, String text) {
        return Optional.of(new Fate.Never(status, text, Fate.Chance.NONE));
    }
}
