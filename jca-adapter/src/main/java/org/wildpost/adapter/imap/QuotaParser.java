// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.LinkedHashMap;
import java.util.Map;

/** GETQUOTA and SETQUOTA (RFC 9208 §7). */
final class QuotaParser {
    private final Cursor in;

    QuotaParser(Cursor in) {
        this.in = in;
    }

    /** getquota = "GETQUOTA" SP quota-root-name. */
    MailboxCommand getQuota() throws ImapParseException {
        return new MailboxCommand.GetQuota(root());
    }

    /** setquota = "SETQUOTA" SP quota-root-name SP "(" [setquota-resource *(SP setquota-resource)] ")". */
    MailboxCommand setQuota() throws ImapParseException {
        String root = root();
        in.space();
        in.expect('(');
        Map<String, Long> limits = new LinkedHashMap<>();
        if (!in.accept(')')) {
            do {
                String resource = in.keyword();
                in.space();
                if (limits.put(resource, in.number()) != null) {
                    throw in.error("this resource has a limit already");
                }
            } while (in.accept(' '));
            in.expect(')');
        }
        return new MailboxCommand.SetQuota(root, limits);
    }

    private String root() throws ImapParseException {
        return Cursor.utf8(in.astring());
    }
}
