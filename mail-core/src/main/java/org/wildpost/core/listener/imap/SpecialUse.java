// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.List;

/**
 * What a mailbox is for (RFC 6154 §2, RFC 8457 §3), with its usual name. {@code \All} and {@code \Flagged} are not among them: a mailbox that does
 * not show all messages, or all that are flagged, would say what is not so, and there are no mailboxes that are made up from others.
 */
public enum SpecialUse {
    SENT("\\Sent", "Sent"),
    DRAFTS("\\Drafts", "Drafts"),
    JUNK("\\Junk", "Junk"),
    TRASH("\\Trash", "Trash"),
    ARCHIVE("\\Archive", "Archive"),
    /** Somebody, a client or an owner, must put messages there; no account has it from the start. */
    IMPORTANT("\\Important", "Important");

    /** Those that a new account has a mailbox for. */
    public static final List<SpecialUse> DEFAULTS = List.of(SENT, DRAFTS, JUNK, TRASH, ARCHIVE);

    private final String attribute;
    private final String defaultName;

    SpecialUse(String attribute, String defaultName) {
        this.attribute = attribute;
        this.defaultName = defaultName;
    }

    /** The attribute in LIST. */
    public String attribute() {
        return attribute;
    }

    public MailboxName defaultName() {
        return new MailboxName(defaultName);
    }
}
