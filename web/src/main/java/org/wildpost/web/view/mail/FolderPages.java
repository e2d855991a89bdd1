// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import java.util.Arrays;
import java.util.List;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.ejb.webmail.Webmail;

/** The lines of one folder, all of them or those that contain a text. */
final class FolderPages implements MessagePages {
    private final transient Webmail webmail;
    private final long account;
    private final long folder;
    private final boolean own;
    private final String search;
    private long[] found = new long[0];

    /**
     * @param own    whether the folder holds what the owner wrote
     * @param search what the messages contain; empty for all
     */
    FolderPages(Webmail webmail, long account, long folder, boolean own, String search) {
        this.webmail = webmail;
        this.account = account;
        this.folder = folder;
        this.own = own;
        this.search = search;
    }

    @Override
    public int count() {
        if (search.isEmpty()) {
            return webmail.folder(owner(), folder)
                    .map(MailboxStatus::messages)
                    .orElse(0L)
                    .intValue();
        }
        found = webmail.search(owner(), folder, search);
        return found.length;
    }

    @Override
    public List<MessageLine> lines(long beforeUid, int limit) {
        List<FetchRow> rows = search.isEmpty()
                ? webmail.page(owner(), folder, beforeUid, limit)
                : webmail.rows(owner(), folder, ascending(uids(beforeUid, limit)))
                        .reversed();
        return rows.stream().map(row -> MessageLine.of(row, own)).toList();
    }

    @Override
    public long[] uids(long beforeUid, int limit) {
        return search.isEmpty()
                ? webmail.step(owner(), folder, beforeUid, limit).stream()
                        .mapToLong(FetchRow::uid)
                        .toArray()
                : Arrays.stream(found)
                        .filter(uid -> uid < beforeUid)
                        .limit(limit)
                        .toArray();
    }

    private AccountId owner() {
        return new AccountId(account);
    }

    private static long[] ascending(long[] uids) {
        long[] sorted = uids.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
