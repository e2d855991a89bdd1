// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.acl;

import java.util.Locale;
import java.util.Optional;
import org.wildpost.core.listener.imap.MailboxName;

/**
 * The name under which others see a mailbox: {@code Other Users/address/name} (RFC 2342 §5).
 *
 * @param owner   the address of whose it is, in lower case
 * @param mailbox what its owner calls it
 */
public record SharedName(String owner, MailboxName mailbox) {
    /** The first level of all such names; nobody's own mailbox has it. */
    public static final String ROOT = "Other Users";

    /** What all such names begin with, as NAMESPACE tells it. */
    public static final String PREFIX = ROOT + MailboxName.SEPARATOR;

    /** Whether the name is not one of the account's own, whether or not there is such a mailbox. */
    public static boolean isForeign(MailboxName name) {
        return name.value().startsWith(ROOT)
                && (name.value().length() == ROOT.length() || name.value().startsWith(PREFIX));
    }

    /** The parts of a foreign name; empty for the levels above, which are no mailboxes. */
    public static Optional<SharedName> parse(MailboxName name) {
        if (!name.value().startsWith(PREFIX)) {
            return Optional.empty();
        }
        String rest = name.value().substring(PREFIX.length());
        int end = rest.indexOf(MailboxName.SEPARATOR);
        return end < 0
                ? Optional.empty()
                : Optional.of(new SharedName(
                        rest.substring(0, end).toLowerCase(Locale.ROOT), new MailboxName(rest.substring(end + 1))));
    }

    /**
     * The one spelling of a name: of others' mailboxes, and the levels above, the address is in lower case and INBOX in capitals, whatever the client wrote;
     * the account's own names are as they are.
     */
    public static MailboxName canonical(MailboxName name) {
        if (!name.value().startsWith(PREFIX)) {
            return name;
        }
        Optional<SharedName> shared = parse(name);
        if (shared.isPresent()) {
            return shared.get().full().orElse(name);
        }
        String level = name.value().substring(PREFIX.length()).toLowerCase(Locale.ROOT);
        return MailboxName.isValid(PREFIX + level) ? new MailboxName(PREFIX + level) : name;
    }

    /** The whole name; empty when it would be none: too long, too deep, or of an address that cannot be a level. */
    public Optional<MailboxName> full() {
        String text = PREFIX + owner + MailboxName.SEPARATOR + mailbox.value();
        return owner.indexOf(MailboxName.SEPARATOR) < 0 && MailboxName.isValid(text)
                ? Optional.of(new MailboxName(text))
                : Optional.empty();
    }
}
