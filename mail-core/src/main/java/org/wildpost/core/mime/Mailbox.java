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
 */
public record Mailbox(
        @Nullable String name,
        @Nullable String mailbox,
        @Nullable String host) {}
