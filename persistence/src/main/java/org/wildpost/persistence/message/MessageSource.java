// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.persistence.mailbox.ChangeLog;

/**
 * The messages of a mailbox as a reader sees them: to the owner the rows as they are, to another with {@code \Seen} of their own and the later of
 * both MODSEQs.
 */
final class MessageSource {
    private static final String COLUMNS =
            "own.mailbox_id, own.uid, own.account_id, own.id, own.email_id, own.thread_id, own.blob_id,"
                    + " own.size, own.internal_date, own.sent_date, own.save_date, own.keywords";

    private static final String WITH_CONTENT = " join content using (blob_id, email_id)";

    private MessageSource() {}

    /** UIDs of messages whose flags changed to the reader; wants the mailbox and the MODSEQ behind which it looks, twice. */
    static String changed(MailboxRef mailbox) {
        // To the owner the second part is always empty, so that statements have the same parameters for all.
        String reader = mailbox.own() ? "null" : Long.toString(mailbox.reader().value());
        return ChangeLog.CHANGED
                + " union all select uid from reader_seen where mailbox_id = ? and modseq > ? and account_id = "
                + reader;
    }

    /** What stands behind {@code from}; the columns are those of a message and of what it says. */
    static String withContent(MailboxRef mailbox) {
        return of(mailbox) + WITH_CONTENT;
    }

    /** What stands behind {@code from}; the columns are those of a message. */
    static String of(MailboxRef mailbox) {
        if (mailbox.own()) {
            return "message";
        }
        int seen = SystemFlag.SEEN.bit();
        // The reader is a number and stands in the text, so that statements have the same parameters for all.
        return "(select " + COLUMNS + ", (own.flags & ~" + seen + ") | (case when seen.seen then " + seen
                + " else 0 end) as flags, greatest(own.modseq, coalesce(seen.modseq, 0)) as modseq"
                + " from message own left join reader_seen seen on seen.mailbox_id = own.mailbox_id and seen.uid = own.uid"
                + " and seen.account_id = " + mailbox.reader().value() + ") message";
    }
}
