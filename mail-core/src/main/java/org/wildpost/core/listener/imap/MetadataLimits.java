// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/**
 * How much may be annotated (RFC 5464 §4.1 wants 1,024 octets and ten annotations at least).
 *
 * @param value      octets of one value
 * @param each       annotations of one mailbox, or of the server, in one scope of one owner
 * @param perAccount annotations of all mailboxes of an account
 */
public record MetadataLimits(int value, int each, int perAccount) {
    /** What a server has that nobody configured. */
    public static final MetadataLimits DEFAULTS = new MetadataLimits(16 * 1024, 100, 5_000);
}
