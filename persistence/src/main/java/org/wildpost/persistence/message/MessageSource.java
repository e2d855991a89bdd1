// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.message.SystemFlag;

/**
 * The messages of a mailbox as a reader sees them: to the owner the rows as they are, to another with {@code \Seen} of their own and the later of
 * both MODSEQs.
 */
final class MessageSource {
    private static final String COLUMNS =
            "own.mailbox_id, own.uid, own.account_id, own.id, own.blob_id, own.prefix, own.size,"
                    + " own.internal_date, own.sent_date, own.keywords, own.envelope, own.structure, own.subject, own.preview,"
                    + " own.email_id, own.thread_id, own.save_date";

    private MessageSource() {}

    /** The condition that a message changed after a modification sequence, its one parameter; those that did are found by indexes. */
    static String changed(MailboxRef mailbox) {
        if (mailbox.own()) {
            return "modseq > ?";
        }
        long id = mailbox.mailbox().value();
        return "uid = any(array(select change.uid from (select uid, modseq from message where mailbox_id = " + id
                + " union all select uid, modseq from reader_seen where mailbox_id = " + id + " and account_id = "
                + mailbox.reader().value() + ") change where change.modseq > ?))";
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
