// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.acl;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wildpost.core.acl.AccessEntry;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.mailbox.Mailboxes;

/**
 * Which mailboxes of others an account is shown (RFC 4314 §4): as many as there is room for. What it costs depends on that room and on the entries for the
 * account itself, not on how much is open to everybody. As safe for threads as its connection.
 */
public final class ShownRows {
    private static final String FULL_NAME =
            "'" + SharedName.PREFIX + "' || account.address || '" + MailboxName.SEPARATOR + "' || mailbox.name";

    /**
     * Whether there is a name for others, as {@link SharedName#full} says it: what has none takes no place. The first half of each "or" is quick and enough for
     * nearly all names.
     */
    private static final String HAS_NAME = "account.address !~ '[/%*]'"
            + " and (octet_length(mailbox.name) < " + 2 * (MailboxName.MAX_DEPTH - 2)
            + " or length(mailbox.name) - length(replace(mailbox.name, '" + MailboxName.SEPARATOR + "', '')) + 3 <= "
            + MailboxName.MAX_DEPTH
            + ") and (octet_length(account.address) + octet_length(mailbox.name) < "
            + (MailboxName.MAX_LENGTH - SharedName.PREFIX.length())
            // Characters beyond the first plane are two to Java.
            + " or length(" + FULL_NAME + ") + length(regexp_replace(" + FULL_NAME
            + ", '[^\\U00010000-\\U0010FFFF]', '', 'g')) <= " + MailboxName.MAX_LENGTH + ")";

    private static final String READER = "(select reader from asked)";
    private static final String MOST = "(select most from asked)";

    private static final String ABOUT_READER = "(access.grantee_id = " + READER + " or access.grantee_id is null)";

    /** The mailboxes with an entry for the reader; of each owner in the order of their names. */
    private static final String NAMED = "select mailbox.account_id as owner, mailbox.id,"
            + " row_number() over (partition by mailbox.account_id order by mailbox.name collate \"C\") as rank"
            + " from (select access.mailbox_id from mailbox_access mine"
            + " join mailbox_access access on access.mailbox_id = mine.mailbox_id and " + ABOUT_READER
            + " where mine.grantee_id = " + READER + " group by access.mailbox_id"
            + " having bool_or(access.rights like '%l%' and not access.negative)"
            + " and not bool_or(access.rights like '%l%' and access.negative)) as visible"
            + " join mailbox on mailbox.id = visible.mailbox_id and mailbox.account_id <> " + READER
            + " join account on account.id = mailbox.account_id where " + HAS_NAME;

    /** Mailboxes without one that everybody sees. By "offset 0" each is looked at when it is its turn, and no table is read whole. */
    private static final String FOR_ANYONE = " from mailbox cross join lateral"
            + " (select account.address from account where account.id = mailbox.account_id offset 0) as account"
            + " where mailbox.for_anyone and mailbox.account_id <> " + READER
            + " and not exists (select from mailbox_access named"
            + " where named.mailbox_id = mailbox.id and coalesce(named.grantee_id, 0) = " + READER
            + " offset 0) and " + HAS_NAME;

    /** The first owners of such mailboxes: whoever comes behind these has no place, for each of these has one before. */
    private static final String OWNERS =
            "select 0, 0::bigint union all select owners.n + 1, next.account_id from owners"
                    + " cross join lateral (select mailbox.account_id" + FOR_ANYONE
                    + " and mailbox.account_id > owners.owner order by mailbox.account_id, mailbox.name collate \"C\" limit 1) as next"
                    + " where owners.n < " + MOST;

    /** Goes from owner to owner, round by round, and gives each the next mailbox that everybody sees once those with an entry for the reader have had their turns. */
    private static final String WALK =
            "select 0::bigint, owner, count(named.id), ''::text collate \"C\", null::bigint, 0::bigint"
                    + " from (select owner from owners where n > 0 union select owner from named) as owners"
                    + " left join named using (owner) group by owner"
                    + " union all select walk.rank + 1, walk.owner, walk.named, next.name, next.id, walk.taken + count(*) over ()"
                    + " from walk cross join lateral ("
                    + "select walk.name, null::bigint as id where walk.rank < walk.named"
                    + " union all (select mailbox.name collate \"C\", mailbox.id" + FOR_ANYONE
                    + " and walk.rank >= walk.named and mailbox.account_id = walk.owner and mailbox.name collate \"C\" > walk.name"
                    + " order by mailbox.name collate \"C\" limit 1)) as next where walk.taken < " + MOST;

    private static final String CHOSEN = "with recursive asked (reader, most) as (values (?::bigint, ?::integer)),"
            + " named as (" + NAMED + "), owners (n, owner) as (" + OWNERS + "),"
            + " walk (rank, owner, named, name, id, taken) as (" + WALK + ")"
            + " select found.id from (select id, rank, true as named, owner from named"
            + " union all select id, rank, false, owner from walk where id is not null) as found"
            + " order by found.rank, found.named desc, found.owner limit " + MOST;

    private final Connection connection;

    public ShownRows(Connection connection) {
        this.connection = connection;
    }

    /**
     * The mailboxes of others that the reader may look up, which are not in an order.
     *
     * @param limit how many at most: of each owner come as many as of the others, so that nobody who shares much leaves no room for what somebody else shares;
     *              of one owner, and where not all owners have room, those with an entry for the reader come before those for everybody
     */
    public List<SharedRow> shared(AccountId reader, int limit) throws SQLException {
        Map<MailboxId, SharedRow> rows = new LinkedHashMap<>();
        Map<MailboxId, List<AccessEntry>> entries = new LinkedHashMap<>();
        Sql.each(
                connection,
                "select " + Mailboxes.COLUMNS
                        + ", account.id as owner_id, account.address, access.negative, access.rights"
                        + " from (" + CHOSEN + ") as chosen join mailbox on mailbox.id = chosen.id"
                        + " join account on account.id = mailbox.account_id"
                        + " cross join lateral (select access.negative, access.rights from mailbox_access access"
                        + " where access.mailbox_id = mailbox.id and (access.grantee_id = ? or access.grantee_id is null)"
                        + " offset 0) as access",
                row -> {
                    MailboxId id = new MailboxId(row.getLong("id"));
                    rows.put(id, AccessRows.row(row, Rights.NONE));
                    entries.computeIfAbsent(id, one -> new ArrayList<>()).add(AccessRows.entry(row));
                },
                reader.value(),
                limit,
                reader.value());
        List<SharedRow> found = new ArrayList<>();
        rows.forEach((id, row) -> found.add(new SharedRow(
                row.owner(), row.address(), row.status(), AccessEntry.effective(entries.getOrDefault(id, List.of())))));
        return found;
    }
}
