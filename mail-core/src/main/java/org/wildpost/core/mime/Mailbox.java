// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import org.jspecify.annotations.Nullable;

/**
 * One address of a header field as ENVELOPE shows it (RFC 9051 §7.5.2). A group's start has only {@code mailbox} (the group's name) and a null
 * host, its end has all null.
 *
 * @param name    the display name, encoded words left as they are; null when absent
 * @param mailbox the local part
 * @param host    the domain
 * @param route   the hosts on the way as the first mail had them, such as {@code @one,@two}; null when absent (RFC 5322 §4.4)
 */
public record Mailbox(
        @Nullable String name,
        @Nullable String mailbox,
        @Nullable String host,
        @Nullable String route) {
    /** Stands between the local part and the route where both are kept together: no header field has it. */
    private static final char ROUTE = '\n';

    public Mailbox(@Nullable String name, @Nullable String mailbox, @Nullable String host) {
        this(name, mailbox, host, null);
    }

    /** From its parts as they are kept. */
    public static Mailbox kept(@Nullable String name, @Nullable String routed, @Nullable String host) {
        if (routed == null || routed.indexOf(ROUTE) < 0) {
            return new Mailbox(name, routed, host);
        }
        int end = routed.indexOf(ROUTE);
        return new Mailbox(name, routed.substring(0, end), host, routed.substring(end + 1));
    }

    /** The local part with the route, as they are kept. */
    @Nullable
    String routed() {
        return route == null ? mailbox : mailbox + ROUTE + route;
    }
}
