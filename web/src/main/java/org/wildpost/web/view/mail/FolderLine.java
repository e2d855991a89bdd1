// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import java.io.Serializable;
import java.util.Locale;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;

/**
 * One folder in the list of folders.
 *
 * @param key   the key of its name in the texts, empty when the owner named it
 * @param name  its last level
 * @param depth levels above it
 * @param mark  changes with every change in the folder
 */
public record FolderLine(
        long id, String key, String name, int depth, String icon, long messages, long unseen, long mark)
        implements Serializable {
    static FolderLine of(MailboxStatus status) {
        String name = status.name().value();
        String use = status.name().equals(MailboxName.INBOX)
                ? "inbox"
                : status.specialUse()
                        .map(special -> special.name().toLowerCase(Locale.ROOT))
                        .orElse("");
        int last = name.lastIndexOf(MailboxName.SEPARATOR);
        return new FolderLine(
                status.id().value(),
                use.isEmpty() ? "" : "mail.folder." + use,
                name.substring(last + 1),
                (int) name.chars().filter(c -> c == MailboxName.SEPARATOR).count(),
                icon(use),
                status.messages(),
                status.unseen(),
                status.highestModSeq());
    }

    public boolean is(String use) {
        return key.equals("mail.folder." + use);
    }

    /** Whether it holds what the owner wrote, so that lists show whom it went to. */
    public boolean own() {
        return is("sent") || is("drafts");
    }

    private static String icon(String use) {
        return switch (use) {
            case "inbox" -> "pi-inbox";
            case "important" -> "pi-bookmark";
            case "drafts" -> "pi-file-edit";
            case "sent" -> "pi-send";
            case "archive" -> "pi-box";
            case "junk" -> "pi-ban";
            case "trash" -> "pi-trash";
            default -> "pi-folder";
        };
    }
}
