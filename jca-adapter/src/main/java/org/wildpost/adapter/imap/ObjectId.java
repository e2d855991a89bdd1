// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.OptionalLong;
import org.wildpost.core.id.MailboxId;

/** What does not change about mailboxes, messages and conversations, as it stands on the wire: a letter for its kind and a number (RFC 8474 §4, §5). */
final class ObjectId {
    private static final char EMAIL = 'M';
    private static final char THREAD = 'T';
    private static final char MAILBOX = 'F';

    /** Characters of an id (RFC 8474 §7). */
    private static final int MAX_LENGTH = 255;

    private ObjectId() {}

    /** MAILBOXID with its value in parentheses. */
    static String mailbox(MailboxId mailbox) {
        return "MAILBOXID (" + MAILBOX + mailbox.value() + ")";
    }

    static String email(long id) {
        return "EMAILID (" + EMAIL + id + ")";
    }

    static String thread(OptionalLong id) {
        return id.isPresent() ? "THREADID (" + THREAD + id.getAsLong() + ")" : "THREADID NIL";
    }

    /** objectid = 1*255(ALPHA / DIGIT / "_" / "-"), of a message; empty when no message can have it. */
    static OptionalLong parseEmail(Cursor in) throws ImapParseException {
        return parse(in, EMAIL);
    }

    /** The same of a conversation. */
    static OptionalLong parseThread(Cursor in) throws ImapParseException {
        return parse(in, THREAD);
    }

    private static OptionalLong parse(Cursor in, char kind) throws ImapParseException {
        String id = in.astring();
        if (id.isEmpty() || id.length() > MAX_LENGTH || !id.chars().allMatch(ObjectId::isIdCharacter)) {
            throw in.error("this is not the id of an object");
        }
        boolean ours = id.matches("[A-Z][1-9][0-9]{0,17}") && id.charAt(0) == kind;
        return ours ? OptionalLong.of(Long.parseLong(id.substring(1))) : OptionalLong.empty();
    }

    private static boolean isIdCharacter(int c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_' || c == '-';
    }
}
