// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.address;

import java.util.Locale;

/**
 * A mailbox address: local part and domain, as received; comparison of accounts goes through {@link #canonical()}.
 * The domain is kept in lower case as A-labels. Immutable.
 *
 * @param localPart the unquoted local part, never empty
 * @param domain    the domain
 */
public record EmailAddress(String localPart, DomainName domain) {
    /**
     * Parses the {@code Mailbox} production (RFC 5321 §4.1.2, RFC 6531 §3.3), without angle brackets.
     *
     * @throws AddressException when the text is not an address; the message says what and where
     */
    public static EmailAddress parse(String text) {
        return AddressParser.mailbox(text);
    }

    /** The form under which accounts are stored and compared: the local part in lower case. */
    public EmailAddress canonical() {
        return new EmailAddress(localPart.toLowerCase(Locale.ROOT), domain);
    }

    /** Whether the local part needs SMTPUTF8 on the way out (RFC 6531 §3.2). */
    public boolean international() {
        return localPart.chars().anyMatch(c -> c > 0x7f);
    }

    /** The address as text, the local part quoted where the grammar demands it. */
    @Override
    public String toString() {
        return AddressParser.quoteIfNeeded(localPart) + "@" + domain.ascii();
    }
}
