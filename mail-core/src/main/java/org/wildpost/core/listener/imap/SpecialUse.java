// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/** What a mailbox is for (RFC 6154 §2), with its default name in a new account. */
public enum SpecialUse {
    SENT("\\Sent", "Sent"),
    DRAFTS("\\Drafts", "Drafts"),
    JUNK("\\Junk", "Junk"),
    TRASH("\\Trash", "Trash"),
    ARCHIVE("\\Archive", "Archive");

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
